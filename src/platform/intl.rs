//! Dates and numbers in the visitor's language, by the browser's own `Intl`.

use booking::{Date, Month};

use crate::i18n::Locale;

/// How much of a date is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DateStyle {
    /// "sábado, 12 de diciembre de 2026"
    Full,
    /// "sáb, 12 dic"
    Short,
    /// "12 de diciembre"
    Day,
}

/// A date in words; its ISO form while prerendering or where `Intl` fails.
pub fn date(date: Date, style: DateStyle, locale: Locale) -> String {
    #[cfg(target_arch = "wasm32")]
    {
        let options = match style {
            DateStyle::Full => {
                r#"{"weekday":"long","day":"numeric","month":"long","year":"numeric"}"#
            }
            DateStyle::Short => r#"{"weekday":"short","day":"numeric","month":"short"}"#,
            DateStyle::Day => r#"{"weekday":"long","day":"numeric","month":"long"}"#,
        };
        if let Some(words) = browser::format_day(date, locale, options) {
            return words;
        }
    }
    let _ = (style, locale);
    date.to_string()
}

/// A month in words, such as "diciembre de 2026"; `YYYY-MM` while prerendering.
pub fn month(month: Month, locale: Locale) -> String {
    #[cfg(target_arch = "wasm32")]
    if let Some(words) = browser::format_day(
        month.first_day(),
        locale,
        r#"{"month":"long","year":"numeric"}"#,
    ) {
        return words;
    }
    let _ = locale;
    month.first_day().to_string().chars().take(7).collect()
}

/// A weekday's name (0 is Monday), such as "lunes", or its short form; nothing while prerendering.
pub fn weekday(weekday: u8, short: bool, locale: Locale) -> String {
    #[cfg(target_arch = "wasm32")]
    {
        // 5 January 1970 was a Monday.
        let options = if short {
            r#"{"weekday":"short"}"#
        } else {
            r#"{"weekday":"long"}"#
        };
        if let Some(words) = Date::new(1970, 1, 5 + weekday)
            .and_then(|day| browser::format_day(day, locale, options))
        {
            return words;
        }
    }
    let _ = (weekday, short, locale);
    String::new()
}

/// The time on the wall of a time zone at an instant, such as "19:04:11"; `None` for a zone the browser
/// does not know, and while prerendering.
pub fn time_in(instant_ms: i64, time_zone: &str, locale: Locale) -> Option<String> {
    #[cfg(target_arch = "wasm32")]
    {
        let options = r#"{"timeStyle":"medium","hourCycle":"h23"}"#;
        browser::format(instant_ms, locale.tag(), time_zone, options)
    }
    #[cfg(not(target_arch = "wasm32"))]
    {
        let _ = (instant_ms, time_zone, locale);
        None
    }
}

/// The date on the wall of a time zone at an instant; `None` while prerendering.
pub fn date_in(instant_ms: i64, time_zone: &str) -> Option<Date> {
    #[cfg(target_arch = "wasm32")]
    return browser::date_in(instant_ms, time_zone);
    #[cfg(not(target_arch = "wasm32"))]
    {
        let _ = (instant_ms, time_zone);
        None
    }
}

/// What the wall of a time zone shows at an instant, as milliseconds of Greenwich; `None` for a zone the
/// browser does not know.
#[cfg(target_arch = "wasm32")]
pub fn wall_ms(instant_ms: i64, time_zone: &str) -> Option<i64> {
    // Swedish writes a moment as the wire does, but for the letter between: 2026-12-05 19:00:00.
    let options = r#"{"dateStyle":"short","timeStyle":"medium"}"#;
    let wall = browser::format(instant_ms, "sv-SE", time_zone, options)?;
    let (date, time) = wall.split_once(' ')?;
    booking::civil::instant_ms(&[date, "T", time, "Z"].concat())
}

#[cfg(target_arch = "wasm32")]
mod browser {
    use std::cell::RefCell;

    use booking::Date;
    use js_sys::{Array, JSON, Object, Reflect};
    use wasm_bindgen::prelude::*;

    use crate::i18n::Locale;

    // `Intl.DateTimeFormat` throws on a zone it does not know; `catch` turns that into an answer.
    #[wasm_bindgen]
    extern "C" {
        #[wasm_bindgen(js_namespace = Intl)]
        type DateTimeFormat;
        #[wasm_bindgen(constructor, js_namespace = Intl, catch)]
        fn new(locales: &Array, options: &Object) -> Result<DateTimeFormat, JsValue>;
        #[wasm_bindgen(method, catch)]
        fn format(this: &DateTimeFormat, date: f64) -> Result<String, JsValue>;
    }

    thread_local! {
        /// Every formatter that was made, and for what. Making one costs a phone more than the rest of a
        /// calendar, and a site asks for a dozen kinds.
        static MADE: RefCell<Vec<(String, DateTimeFormat)>> = const { RefCell::new(Vec::new()) };
    }

    /// An instant in words. `options` is what `Intl.DateTimeFormat` takes, as JSON, without the zone.
    pub fn format(ms: i64, tag: &str, zone: &str, options: &str) -> Option<String> {
        #[expect(clippy::cast_precision_loss, reason = "milliseconds far below 2^53")]
        let ms = ms as f64;
        let name = [tag, options, zone].concat();
        MADE.with_borrow_mut(|made| {
            let place = if let Some(place) = made.iter().position(|(known, _)| *known == name) {
                place
            } else {
                made.push((name, formatter(tag, zone, options)?));
                made.len() - 1
            };
            made.get(place)?.1.format(ms).ok()
        })
    }

    fn formatter(tag: &str, zone: &str, options: &str) -> Option<DateTimeFormat> {
        let settings: Object = JSON::parse(options).ok()?.unchecked_into();
        Reflect::set(&settings, &"timeZone".into(), &zone.into()).ok()?;
        DateTimeFormat::new(&Array::of1(&tag.into()), &settings).ok()
    }

    pub fn format_day(date: Date, locale: Locale, options: &str) -> Option<String> {
        let noon_ms = (i64::from(date.days_since_epoch()) * 24 + 12) * 3_600_000;
        format(noon_ms, locale.tag(), "UTC", options)
    }

    pub fn date_in(instant_ms: i64, time_zone: &str) -> Option<Date> {
        // Swedish writes dates as the wire does: 2026-12-05.
        let options = r#"{"year":"numeric","month":"2-digit","day":"2-digit"}"#;
        Date::parse(&format(instant_ms, "sv-SE", time_zone, options)?)
    }
}
