//! Tables in Markdown that can be read as they are.

use std::fmt::Write as _;

/// A table with its first column to the left and all others, which hold figures, to the right.
pub fn table(head: &[&str], rows: &[Vec<String>]) -> String {
    let head: Vec<String> = head.iter().map(ToString::to_string).collect();
    let mut widths: Vec<usize> = head.iter().map(|cell| length(cell)).collect();
    for row in rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = length(cell).max(*width);
        }
    }
    let mut text = line(&head, &widths);
    text.push('|');
    for (column, width) in widths.iter().enumerate() {
        let dashes = "-".repeat(width + 1);
        let _ = match column {
            0 => write!(text, "{dashes}-|"),
            _ => write!(text, "{dashes}:|"),
        };
    }
    text.push('\n');
    for row in rows {
        text += &line(row, &widths);
    }
    text
}

fn line(cells: &[String], widths: &[usize]) -> String {
    let mut text = String::from("|");
    for (column, (cell, width)) in cells.iter().zip(widths).enumerate() {
        let _ = match column {
            0 => write!(text, " {cell:<width$} |"),
            _ => write!(text, " {cell:>width$} |"),
        };
    }
    text + "\n"
}

fn length(cell: &str) -> usize {
    cell.chars().count()
}

/// A whole number with its thousands apart, as people read them.
pub fn spaced(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(' ');
        }
        text.push(digit);
    }
    text
}

/// How many times one is the other, with one decimal.
pub fn times(one: u64, other: u64) -> String {
    let tenths = (one * 10 + other / 2)
        .checked_div(other)
        .unwrap_or_default();
    format!("{}.{}", tenths / 10, tenths % 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_stand_under_each_other() {
        let rows = [
            vec!["/es/".to_owned(), "9".to_owned()],
            vec!["/es/menú/".to_owned(), "12 345".to_owned()],
        ];
        let expected = "\
            | page      |   HTML |\n\
            |-----------|-------:|\n\
            | /es/      |      9 |\n\
            | /es/menú/ | 12 345 |\n";
        assert_eq!(table(&["page", "HTML"], &rows), expected);
    }

    #[test]
    fn numbers_read_like_print() {
        assert_eq!(spaced(7), "7");
        assert_eq!(spaced(123), "123");
        assert_eq!(spaced(1_234_567), "1 234 567");
        assert_eq!(times(199, 100), "2.0");
        assert_eq!(times(5, 0), "0.0");
    }
}
