//! The scripts that look for what a hand, an eye or an ear would miss. Each returns what it found wrong, in
//! words by which it is found again.

/// Targets are 44 by 44 pixels, as WCAG's 2.5.5 has them, a label counting with its field. Links within a
/// sentence are as tall as their line; a footnote's number reaches 24 by 24 all the same,
/// unless another begins beside it.
pub const LARGE_ENOUGH: &str = r"
    const TARGET = 44, NOTE = 24, faults = [];
    const inText = (element) => getComputedStyle(element).display === 'inline' &&
        [...element.parentElement.childNodes].some((node) =>
            node.nodeType === Node.TEXT_NODE && node.textContent.trim().length > 1);
    const reaches = (element, size) => {
        element.scrollIntoView({ block: 'center', behavior: 'instant' });
        const { left, top, width, height } = element.getBoundingClientRect();
        const [x, y, half] = [left + width / 2, top + height / 2, size / 2 - 1];
        const within = (x, y) => {
            const there = document.elementFromPoint(x, y);
            return element.contains(there) || there?.closest('sup') != null;
        };
        return [[0, -half], [0, half], [-half, 0], [half, 0]].every(([right, down]) =>
            x + right < 0 || within(x + right, y + down));
    };
    for (const element of document.querySelectorAll('a[href], button, input, select, textarea, summary')) {
        if (!element.checkVisibility({ visibilityProperty: true }) || element.closest('[inert]')) continue;
        const boxes = [element, ...(element.labels ?? [])].map((one) => one.getBoundingClientRect());
        const width = Math.max(...boxes.map((box) => box.width));
        const height = Math.max(...boxes.map((box) => box.height));
        // Seen only when it has the focus, or by no eye at all.
        if (width <= 1 || boxes[0].bottom < 0 && boxes.length === 1) continue;
        const note = element.closest('sup') !== null;
        if (note ? reaches(element, NOTE) : width >= TARGET - 0.5 && height >= TARGET - 0.5) continue;
        if (!note && inText(element)) continue;
        const name = element.textContent.trim().slice(0, 30) || element.id;
        faults.push(`${Math.round(width)} × ${Math.round(height)}: ${element.localName} ${name}`);
    }
    scrollTo(0, 0);
    return faults;
";

/// A word of the other language stands where its language is said. Names keep theirs unsaid, as do words
/// spelt for how they sound.
pub const FOREIGN: &str = r"
    const NAMES = /Anacaona Zapata Ñungo|El Espectador|El Tiempo|El Heraldo|El Universal|El País|La FM|The Clink|Calle del Camposanto/gi;
    const SOUNDS = /[A-Z]{2}-|-[A-Z]{2}/;
    const TELLS = {
        en: /[¿¡ñ]|(^|\s)(de|del|la|las|los|el|con|para|y|una|un|por|que)(?=\s|$)/i,
        es: /(^|\s)(the|of|and|with|for|to|is|are|you|your|from)(?=\s|$)/i,
    };
    const page = document.documentElement.lang;
    const faults = [];
    const hear = (element, text) => {
        const heard = text.replace(NAMES, '').trim();
        if (element.closest('script, style') || element.closest('[lang]').lang !== page) return;
        if (TELLS[page].test(heard) && !SOUNDS.test(heard))
            faults.push(`not in its language: ${text.trim().slice(0, 60)}`);
    };
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) hear(texts.currentNode.parentElement, texts.currentNode.textContent);
    for (const attribute of ['alt', 'aria-label', 'placeholder', 'title'])
        for (const element of document.querySelectorAll(`body [${attribute}]`))
            hear(element, element.getAttribute(attribute));
    return faults;
";

/// Whatever takes the focus is seen then, wherever it was on the screen before, with a ring; and takes it in
/// the order of the page.
pub const SEEN_WITH_FOCUS: &str = r#"
    const FOCUSABLE = 'a[href], button:not(:disabled), input:not([type=hidden]), select, textarea, summary';
    const faults = [];
    const all = [...document.querySelectorAll(FOCUSABLE)]
        .filter((element) => element.checkVisibility({ visibilityProperty: true }) && !element.closest('[inert]'));
    const isSeen = (element) => [...element.getClientRects()].some(({ left, top, width, height }) => {
        const there = document.elementFromPoint(left + width / 2, top + height / 2);
        return there !== null && element.contains(there);
    });
    const hasRing = (element) => {
        const { outlineStyle, outlineWidth } = getComputedStyle(element);
        return outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2;
    };
    const travel = (elements) => {
        for (const element of elements) {
            element.focus();
            if (document.activeElement !== element) continue;
            const painted = [element, ...(element.labels ?? [])];
            const name = `${element.localName} ${(element.textContent.trim() || element.id).slice(0, 30)}`;
            if (!painted.some(isSeen)) faults.push(`covered: ${name}`);
            if (![...painted, element.parentElement].some(hasRing)) faults.push(`no ring: ${name}`);
        }
    };
    travel(all);
    travel(all.reverse());
    const jumping = document.querySelectorAll('[tabindex]:not([tabindex="0"], [tabindex="-1"])');
    for (const element of jumping) faults.push(`out of order: ${element.localName}`);
    document.activeElement.blur();
    scrollTo(0, 0);
    return faults;
"#;

/// With the system's colours alone, what can be pressed or filled has an edge and what is chosen looks so;
/// and nothing moves for whom asked for stillness.
pub const QUIET_AND_CLEAR: &str = r"
    const FACE = ['borderTopWidth', 'borderTopStyle', 'borderTopColor', 'borderBottomWidth',
        'borderBottomStyle', 'backgroundColor', 'color', 'textDecorationLine', 'fontWeight', 'content'];
    const KINDS = [['[aria-pressed=true]', '[aria-pressed=false]'], ['a[aria-current]', 'a:not([aria-current])'],
        ['input:checked', 'input:not(:checked)']];
    const faults = [];
    const painted = (element) => [element, ...(element.labels ?? [])];
    const name = (element) => {
        const text = painted(element).map((one) => one.textContent.trim()).find(Boolean);
        return `${element.localName} ${(text ?? element.id).slice(0, 30)}`;
    };
    const face = (element) => JSON.stringify(painted(element).map((one) =>
        [null, '::before', '::after'].map((part) => {
            const style = getComputedStyle(one, part);
            return FACE.map((property) => style[property]);
        })));
    for (const [chosen, other] of KINDS)
        for (const element of document.querySelectorAll(chosen)) {
            const group = element.closest('ul, ol, fieldset, nav, [role=group], main');
            const another = [...(group?.querySelectorAll(other) ?? [])].find((one) =>
                one.type === element.type && one.className === element.className && one.checkVisibility());
            if (element.checkVisibility() && another && face(element) === face(another))
                faults.push(`chosen, and looks like the others: ${name(element)}`);
        }
    for (const element of document.querySelectorAll('button, input:not([type=hidden]), select, textarea')) {
        if (!element.checkVisibility({ visibilityProperty: true })) continue;
        const edge = [...painted(element), element.parentElement].some((one) => {
            const { borderTopWidth, borderBottomWidth, textDecorationLine, appearance } = getComputedStyle(one);
            return parseFloat(borderTopWidth) > 0 || parseFloat(borderBottomWidth) > 0 ||
                textDecorationLine !== 'none' || one.localName === 'input' && appearance === 'auto';
        });
        if (!edge) faults.push(`no edge: ${name(element)}`);
    }
    for (const moving of document.getAnimations())
        faults.push(`moves: ${moving.animationName ?? moving.transitionProperty ?? moving.id}`);
    if (getComputedStyle(document.documentElement).scrollBehavior === 'smooth') faults.push('moves: scrolling');
    return faults;
";
