//! The words of the interface, one text a language.
//!
//! In the browser they come as a file, beside the app and only in the language asked for: a phone need not
//! download the other before somebody wants it. The prerenderer has both, and so has the app in development,
//! where no prerenderer has written the files.

use std::sync::OnceLock;

use super::Locale;

include!(concat!(env!("OUT_DIR"), "/messages.rs"));

static KNOWN: [OnceLock<Messages>; 2] = [const { OnceLock::new() }; 2];

/// What is left of a text of one line each.
struct Texts(&'static str);

impl Texts {
    /// Puts the next line into its place: hundreds of calls, each as short as can be.
    #[inline(never)]
    fn next(&mut self, place: &mut &'static str) {
        let (line, rest) = self.0.split_once('\n').unwrap_or((self.0, ""));
        *place = line;
        self.0 = rest;
    }
}

fn read(text: &'static str) -> Messages {
    let mut messages = NONE;
    fill(&mut messages, &mut Texts(text));
    messages
}

impl Locale {
    fn known(self) -> &'static OnceLock<Messages> {
        let [spanish, english] = &KNOWN;
        match self {
            Self::Es => spanish,
            Self::En => english,
        }
    }

    /// Its words; those of the other language as long as they have not come.
    pub fn messages(self) -> &'static Messages {
        #[cfg(any(not(target_arch = "wasm32"), debug_assertions))]
        self.learn(self.whole());
        let known = self.known().get().or_else(|| self.other().known().get());
        // Before any language has come nothing is shown.
        known.unwrap_or(&NONE)
    }

    /// Whether its words have come.
    pub fn is_known(self) -> bool {
        cfg!(any(not(target_arch = "wasm32"), debug_assertions)) || self.known().get().is_some()
    }

    /// Learns its words from their file.
    pub fn learn(self, file: &'static str) {
        self.known().get_or_init(|| read(file));
    }

    /// The path of the file with its words. Its name changes with them.
    pub fn words_file(self) -> &'static str {
        match self {
            Self::Es => ES_FILE,
            Self::En => EN_FILE,
        }
    }

    /// What stands in that file.
    #[cfg(not(target_arch = "wasm32"))]
    pub fn words(self) -> &'static str {
        let app = match self {
            Self::Es => ES_OF_APP,
            Self::En => EN_OF_APP,
        };
        self.whole().get(..app).unwrap_or_default()
    }

    #[cfg(any(not(target_arch = "wasm32"), debug_assertions))]
    fn whole(self) -> &'static str {
        match self {
            Self::Es => ES,
            Self::En => EN,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Locale, read};

    #[test]
    fn the_file_holds_what_the_app_says_and_nothing_else() {
        for locale in Locale::ALL {
            let file = read(locale.words());
            let whole = locale.messages();
            assert_eq!(file.site.name, "INTERNO");
            assert_eq!(file.waiting.title, whole.waiting.title);
            assert_eq!(file.front.sentence, "", "only the prerenderer says it");
            assert!(!whole.front.sentence.is_empty());
            assert!(locale.words().lines().all(|line| !line.is_empty()));
        }
        let [es, en] = Locale::ALL.map(Locale::words_file);
        assert_ne!(es, en);
    }
}
