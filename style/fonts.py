"""Makes public/fonts/{bricolage,atkinson}.woff2 from the two fontsource packages, and one weight
of each as TrueType for the pictures of shared links, whose renderer reads neither woff2 nor axes.

    npm i @fontsource-variable/bricolage-grotesque @fontsource-variable/atkinson-hyperlegible-next
    pip install fonttools brotli
    python style/fonts.py <node_modules> public/fonts crates/prerender/fonts

Bricolage Grotesque: optical size pinned at 72, width at 100, weight 600..800.
Atkinson Hyperlegible Next: weight 400..700, and its zero redrawn without the slash
(the outer contour's own curve, scaled to the counter, in every master): prices and years
are read here, not serial numbers. Booking references avoid the letter O.
Neither licence reserves a font name; both texts lie beside the files.
"""
import array
import os
import sys

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables import ttProgram
from fontTools.ttLib.tables._g_l_y_f import GlyphCoordinates
from fontTools.ttLib.tables.TupleVariation import TupleVariation
from fontTools.varLib import instancer
from fontTools.varLib.iup import iup_delta

CHARACTERS = [*range(0x20, 0x7F)] + [
    ord(c) for c in "\u00a0¡¿áéíóúüñÁÉÍÓÚÜÑçÇèàêôïöäãõâëî«»“”‘’–—…·•×°ªº€©−½\u2009"
]
FONTS = {
    "bricolage": (
        "bricolage-grotesque/files/bricolage-grotesque-latin-standard-normal.woff2",
        {"opsz": 72, "wdth": 100, "wght": (600, 800)},
        ["kern", "ccmp", "locl", "tnum", "pnum"],
    ),
    "atkinson": (
        "atkinson-hyperlegible-next/files/atkinson-hyperlegible-next-latin-wght-normal.woff2",
        {"wght": (400, 700)},
        ["kern", "mark", "mkmk", "ccmp", "locl", "tnum", "pnum"],
    ),
}
# For the pictures: the same sources at one weight, with the letters of any address too.
STATIC = {
    "bricolage-800": ("bricolage", {"opsz": 72, "wdth": 100, "wght": 800}),
    "atkinson-600": ("atkinson", {"wght": 600}),
}


def box(points):
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return min(xs), min(ys), max(xs), max(ys)


def plain_zero(font):
    glyf, gvar = font["glyf"], font["gvar"]
    glyph = glyf["zero"]
    points, flags = list(glyph.coordinates), list(glyph.flags)
    n, outer = len(points), glyph.endPtsOfContours[0] + 1

    def counter(pts):
        a, b, c, d = box(pts[:outer])
        p, q, r, s = box(pts[outer:n])
        scaled = [
            (p + (x - a) * (r - p) / (c - a), q + (y - b) * (s - q) / (d - b))
            for x, y in pts[:outer]
        ]
        return scaled[::-1]

    base, variations = counter(points), []
    full, control = glyf._getCoordinatesAndControls("zero", font["hmtx"].metrics)
    for v in gvar.variations["zero"]:
        delta = v.coordinates
        if None in delta:
            delta = iup_delta(delta, list(full), list(control.endPts))
        master = counter([(x + dx, y + dy) for (x, y), (dx, dy) in zip(points, delta)])
        moved = [(x2 - x, y2 - y) for (x, y), (x2, y2) in zip(base, master)]
        merged = list(delta[:outer]) + moved + list(delta[n:])
        variations.append(TupleVariation(v.axes, [(round(x), round(y)) for x, y in merged]))
    glyph.coordinates = GlyphCoordinates([(round(x), round(y)) for x, y in points[:outer] + base])
    glyph.flags = array.array("B", flags[:outer] + flags[:outer][::-1])
    glyph.endPtsOfContours = [outer - 1, 2 * outer - 1]
    glyph.numberOfContours = 2
    glyph.program = ttProgram.Program()
    glyph.program.fromBytecode(b"")
    glyph.recalcBounds(glyf)
    gvar.variations["zero"] = variations


def source(modules, name):
    font = TTFont(os.path.join(modules, "@fontsource-variable", FONTS[name][0]))
    if name == "atkinson":
        plain_zero(font)
    return font


def subsetted(font, features):
    options = subset.Options()
    options.layout_features = features
    options.hinting = False
    options.name_IDs = [0, 1, 2, 4, 6, 13, 14]
    options.notdef_outline = True
    options.drop_tables += ["STAT", "DSIG", "meta"]
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=CHARACTERS)
    subsetter.subset(font)
    return font


def save(font, path):
    font.save(path)
    print(path, os.path.getsize(path))


def main(modules, out, pictures):
    for name, (_, limits, features) in FONTS.items():
        font = instancer.instantiateVariableFont(source(modules, name), limits)
        gvar = font["gvar"]
        gvar.variations = {
            g: gvar.variations[g] if g in gvar.variations else [] for g in font.getGlyphOrder()
        }
        font = subsetted(font, features)
        font.flavor = "woff2"
        save(font, os.path.join(out, f"{name}.woff2"))
    for name, (of, limits) in STATIC.items():
        font = instancer.instantiateVariableFont(source(modules, of), limits)
        font = subsetted(font, ["kern", "mark", "mkmk", "ccmp", "locl"])
        font.flavor = None
        # The family names of tokens.css: a drawing's words find their face by them.
        font["name"].setName(of.capitalize(), 1, 3, 1, 0x409)
        save(font, os.path.join(pictures, f"{name}.ttf"))


if __name__ == "__main__":
    main(*sys.argv[1:4])
