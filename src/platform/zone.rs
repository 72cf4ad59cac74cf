//! How far the clocks of a place are from Greenwich's.

/// By how many milliseconds they are ahead at an instant; `None` for a zone that the browser does not know,
/// and while prerendering.
pub fn ahead_ms(zone: &str, ms: i64) -> Option<i64> {
    #[cfg(target_arch = "wasm32")]
    return super::intl::wall_ms(ms, zone).map(|wall| wall - ms.div_euclid(1_000) * 1_000);
    #[cfg(all(not(target_arch = "wasm32"), test))]
    {
        let at = jiff::Timestamp::from_millisecond(ms).ok()?;
        let zone = jiff::tz::TimeZone::get(zone).ok()?;
        Some(i64::from(zone.to_offset(at).seconds()) * 1_000)
    }
    #[cfg(all(not(target_arch = "wasm32"), not(test)))]
    {
        let _ = (zone, ms);
        None
    }
}
