//! Dates, numbers and money in words. In the browser `Intl` does this; here nothing moves with the reader's clock.

use crate::i18n::{Locale, thousands};

const MONTHS: [(&str, &str); 12] = [
    ("enero", "January"),
    ("febrero", "February"),
    ("marzo", "March"),
    ("abril", "April"),
    ("mayo", "May"),
    ("junio", "June"),
    ("julio", "July"),
    ("agosto", "August"),
    ("septiembre", "September"),
    ("octubre", "October"),
    ("noviembre", "November"),
    ("diciembre", "December"),
];

/// `2016-12-15`, `2016-12` or `2016` in words.
pub(super) fn date(iso: &str, locale: Locale) -> String {
    let year = iso.split('-').next().unwrap_or(iso);
    match (day(iso, locale), locale) {
        (Some(day), Locale::Es) => format!("{day} de {year}"),
        (Some(day), Locale::En) => format!("{day} {year}"),
        (None, _) => year.to_owned(),
    }
}

/// The day or month of a date without its year, if it has one.
pub(super) fn day(iso: &str, locale: Locale) -> Option<String> {
    let mut parts = iso.split('-').skip(1);
    let index = parts.next()?.parse::<usize>().ok()?.checked_sub(1)?;
    let (es, en) = MONTHS.get(index)?;
    let day = parts.next().map(|day| day.trim_start_matches('0'));
    Some(match (day, locale) {
        (Some(day), Locale::Es) => format!("{day} de {es}"),
        (Some(day), Locale::En) => format!("{day} {en}"),
        (None, Locale::Es) => (*es).to_owned(),
        (None, Locale::En) => (*en).to_owned(),
    })
}

/// A month by its number, counted from one.
pub(super) fn month(number: u8, locale: Locale) -> &'static str {
    let index = usize::from(number).wrapping_sub(1);
    let (es, en) = MONTHS.get(index).copied().unwrap_or_default();
    match locale {
        Locale::Es => es,
        Locale::En => en,
    }
}

/// A whole number with its thousands apart.
pub(super) fn number(value: u32, locale: Locale) -> String {
    let mark = match locale {
        Locale::Es => '.',
        Locale::En => ',',
    };
    thousands(u64::from(value), mark)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::pesos;

    #[test]
    fn dates_are_as_exact_as_they_are_known() {
        assert_eq!(date("2016-12-15", Locale::Es), "15 de diciembre de 2016");
        assert_eq!(date("2016-12-05", Locale::En), "5 December 2016");
        assert_eq!(date("2017-05", Locale::Es), "mayo de 2017");
        assert_eq!(date("2018", Locale::En), "2018");
        assert_eq!(day("2018", Locale::En), None);
        assert_eq!(day("2017-05", Locale::En).as_deref(), Some("May"));
        assert_eq!(
            (month(1, Locale::Es), month(12, Locale::En)),
            ("enero", "December")
        );
        assert_eq!(month(0, Locale::Es), "");
    }

    #[test]
    fn money_is_whole_and_complete() {
        assert_eq!(pesos(90_000, Locale::Es), "$90.000");
        assert_eq!(pesos(1_000_000, Locale::En), "COP 1,000,000");
        assert_eq!(number(7, Locale::En), "7");
        assert_eq!(number(112_000, Locale::Es), "112.000");
    }
}
