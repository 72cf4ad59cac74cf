//! Dates and times as the venue's wall shows them, without a time zone.
//!
//! Small on purpose: the visitor's phone downloads it. Tests hold it against
//! the `jiff` library for every day of four centuries.

use std::fmt;

/// A day in the Gregorian calendar, at the venue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    year: i32,
    month: u8,
    day: u8,
}

/// A month of a year, at the venue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Month {
    year: i32,
    month: u8,
}

/// Hours and minutes on the venue's wall.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LocalTime {
    /// 0 to 23.
    pub hour: u8,
    /// 0 to 59.
    pub minute: u8,
}

/// 1 January 1970.
pub const EPOCH: Date = Date {
    year: 1970,
    month: 1,
    day: 1,
};

impl Date {
    /// The day, if the calendar has it. Years 1 to 9999.
    pub fn new(year: i32, month: u8, day: u8) -> Option<Self> {
        let valid = (1..=9999).contains(&year)
            && (1..=12).contains(&month)
            && (1..=days_in_month(year, month)).contains(&day);
        valid.then_some(Self { year, month, day })
    }

    /// Reads `YYYY-MM-DD`, and nothing else.
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.split('-');
        let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
        if parts.next().is_some() || year.len() != 4 || month.len() != 2 || day.len() != 2 {
            return None;
        }
        Self::new(number(year)?, number(month)?, number(day)?)
    }

    /// The year.
    pub fn year(self) -> i32 {
        self.year
    }

    /// The month, 1 to 12.
    pub fn month_number(self) -> u8 {
        self.month
    }

    /// The day of the month, 1 to 31.
    pub fn day(self) -> u8 {
        self.day
    }

    /// The month this day is in.
    pub fn month(self) -> Month {
        Month {
            year: self.year,
            month: self.month,
        }
    }

    /// Days since 1 January 1970 (negative before).
    pub fn days_since_epoch(self) -> i32 {
        // Howard Hinnant's `days_from_civil`: years begin in March, so the leap day comes last.
        let year = self.year - i32::from(self.month <= 2);
        let era = year.div_euclid(400);
        let year_of_era = year.rem_euclid(400);
        let shifted = (i32::from(self.month) + 9) % 12;
        let day_of_year = (153 * shifted + 2) / 5 + i32::from(self.day) - 1;
        let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
        era * 146_097 + day_of_era - 719_468
    }

    /// The day that many days after 1 January 1970, within years 1 to 9999.
    pub fn from_days_since_epoch(days: i32) -> Option<Self> {
        let shifted = days.checked_add(719_468)?;
        let era = shifted.div_euclid(146_097);
        let day_of_era = shifted.rem_euclid(146_097);
        let year_of_era =
            (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let march_month = (5 * day_of_year + 2) / 153;
        let day = day_of_year - (153 * march_month + 2) / 5 + 1;
        let month = if march_month < 10 {
            march_month + 3
        } else {
            march_month - 9
        };
        let year = year_of_era + era * 400 + i32::from(month <= 2);
        Self::new(year, u8::try_from(month).ok()?, u8::try_from(day).ok()?)
    }

    /// The day `days` later (earlier when negative); `None` past the calendar's ends.
    pub fn plus_days(self, days: i32) -> Option<Self> {
        Self::from_days_since_epoch(self.days_since_epoch().checked_add(days)?)
    }

    /// The weekday: 0 is Monday, 6 is Sunday.
    pub fn weekday(self) -> u8 {
        // 1 January 1970 was a Thursday.
        u8::try_from((self.days_since_epoch() + 3).rem_euclid(7)).unwrap_or(0)
    }
}

impl fmt::Display for Date {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

impl Month {
    /// Its first day.
    pub fn first_day(self) -> Date {
        Date {
            year: self.year,
            month: self.month,
            day: 1,
        }
    }

    /// Its last day.
    pub fn last_day(self) -> Date {
        Date {
            day: days_in_month(self.year, self.month),
            ..self.first_day()
        }
    }

    /// The month after; the same one at the calendar's end.
    #[must_use]
    pub fn next(self) -> Self {
        self.last_day().plus_days(1).map_or(self, Date::month)
    }

    /// The month before; the same one at the calendar's beginning.
    #[must_use]
    pub fn previous(self) -> Self {
        self.first_day().plus_days(-1).map_or(self, Date::month)
    }

    /// Its days in weeks from Monday to Sunday; `None` where a week reaches into another month.
    pub fn weeks(self) -> Vec<[Option<Date>; 7]> {
        let mut weeks = Vec::with_capacity(6);
        let mut week = [None; 7];
        for day in 1..=self.last_day().day {
            let date = Date {
                day,
                ..self.first_day()
            };
            let weekday = usize::from(date.weekday());
            if weekday == 0 && day > 1 {
                weeks.push(week);
                week = [None; 7];
            }
            if let Some(cell) = week.get_mut(weekday) {
                *cell = Some(date);
            }
        }
        weeks.push(week);
        weeks
    }
}

impl LocalTime {
    /// The time, if a clock has it.
    pub fn new(hour: u8, minute: u8) -> Option<Self> {
        (hour < 24 && minute < 60).then_some(Self { hour, minute })
    }

    /// Reads `HH:MM`, with or without seconds after it.
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.split(':');
        let (hour, minute) = (parts.next()?, parts.next()?);
        if hour.len() != 2 || minute.len() != 2 {
            return None;
        }
        Self::new(number(hour)?, number(minute)?)
    }
}

impl fmt::Display for LocalTime {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{:02}:{:02}", self.hour, self.minute)
    }
}

/// Digits only: `str::parse` alone would let a sign through.
fn number<N: std::str::FromStr>(digits: &str) -> Option<N> {
    digits
        .bytes()
        .all(|byte| byte.is_ascii_digit())
        .then(|| digits.parse().ok())
        .flatten()
}

fn days_in_month(year: i32, month: u8) -> u8 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        _ => 31,
    }
}

/// Milliseconds since 1 January 1970 UTC of an RFC 3339 instant; `None` when it is not one.
pub fn instant_ms(text: &str) -> Option<i64> {
    let (date, rest) = text.split_once(['T', 't', ' '])?;
    let date = Date::parse(date)?;
    let zone_at = rest.find(['Z', 'z', '+', '-'])?;
    let (clock, zone) = rest.split_at_checked(zone_at)?;
    let time = LocalTime::parse(clock)?;
    let seconds_text = clock.splitn(3, ':').nth(2)?;
    let (seconds, fraction) = seconds_text.split_once('.').unwrap_or((seconds_text, ""));
    let seconds: i64 = (seconds.len() == 2).then(|| number(seconds)).flatten()?;
    let padded: String = fraction.chars().chain("000".chars()).take(3).collect();
    let millis: i64 = number(&padded)?;
    let offset_minutes = offset_minutes(zone)?;
    let minutes = i64::from(time.hour) * 60 + i64::from(time.minute) - offset_minutes;
    let day_ms = i64::from(date.days_since_epoch()) * 86_400_000;
    Some(day_ms + minutes * 60_000 + seconds.min(59) * 1_000 + millis)
}

/// The wall date and time an RFC 3339 instant spells out, whatever its offset.
///
/// The native contract writes instants with the venue's own offset, so this is
/// the time on the venue's wall.
pub fn wall_clock(text: &str) -> Option<(Date, LocalTime)> {
    let (date, rest) = text.split_once(['T', 't', ' '])?;
    Some((Date::parse(date)?, LocalTime::parse(rest.get(..5)?)?))
}

fn offset_minutes(zone: &str) -> Option<i64> {
    if matches!(zone, "Z" | "z") {
        return Some(0);
    }
    let (sign, clock) = zone.split_at_checked(1)?;
    let offset = LocalTime::parse(clock)?;
    let minutes = i64::from(offset.hour) * 60 + i64::from(offset.minute);
    Some(if sign == "-" { -minutes } else { minutes })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_day_of_four_centuries_agrees_with_jiff() {
        let start = jiff::civil::date(1900, 1, 1);
        for n in 0..146_097 {
            let theirs = start.checked_add(jiff::Span::new().days(n)).unwrap();
            let ours = Date::new(
                i32::from(theirs.year()),
                u8::try_from(theirs.month()).unwrap(),
                u8::try_from(theirs.day()).unwrap(),
            )
            .unwrap();
            assert_eq!(ours.to_string(), theirs.to_string());
            assert_eq!(Date::parse(&ours.to_string()), Some(ours));
            assert_eq!(
                i32::from(ours.weekday()),
                i32::from(theirs.weekday().to_monday_zero_offset())
            );
            assert_eq!(
                Date::from_days_since_epoch(ours.days_since_epoch()),
                Some(ours)
            );
        }
    }

    #[test]
    fn impossible_days_are_refused() {
        for text in [
            "2026-02-29",
            "2026-13-01",
            "2026-00-10",
            "2026-1-1",
            "+026-01-01",
            "2026-01-01x",
            "",
            "2026-01",
            "２０２６-01-01",
        ] {
            assert_eq!(Date::parse(text), None, "{text}");
        }
        assert!(Date::parse("2028-02-29").is_some());
    }

    #[test]
    fn a_month_is_laid_out_in_whole_weeks() {
        let december = Date::parse("2026-12-05").unwrap().month();
        let weeks = december.weeks();
        assert_eq!(weeks.len(), 5);
        assert_eq!(weeks[0][0], None);
        assert_eq!(weeks[0][1].unwrap().to_string(), "2026-12-01");
        assert_eq!(weeks[4][3].unwrap().to_string(), "2026-12-31");
        assert_eq!(december.next().first_day().to_string(), "2027-01-01");
        assert_eq!(december.previous().last_day().to_string(), "2026-11-30");
    }

    #[test]
    fn instants_agree_with_jiff() {
        for text in [
            "2026-12-05T19:00:00-05:00",
            "2026-12-06T00:00:00Z",
            "1969-12-31T23:59:59.250+05:30",
            "2026-02-28T23:30:15.123456-05:00",
        ] {
            let theirs: jiff::Timestamp = text.parse().unwrap();
            assert_eq!(instant_ms(text), Some(theirs.as_millisecond()), "{text}");
        }
        for text in [
            "2026-12-05",
            "2026-12-05T19:00:00",
            "soon",
            "2026-12-05T25:00:00Z",
        ] {
            assert_eq!(instant_ms(text), None, "{text}");
        }
    }

    #[test]
    fn the_wall_clock_is_read_as_written() {
        let (date, time) = wall_clock("2026-12-31T21:00:00-05:00").unwrap();
        assert_eq!(date.to_string(), "2026-12-31");
        assert_eq!(time.to_string(), "21:00");
    }
}
