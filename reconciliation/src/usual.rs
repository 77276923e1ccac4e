//! The forms that amounts and times have in most bills, eight digits at a time. What has another form is left to `cell`,
//! which reads it as well or says what is wrong.

use std::cell::Cell;

use jiff::civil::{Date, DateTime, Time};

use super::mapping::Separators;

/// `0.00`, `1234.50`, `1,234.50`: digits, in groups of three if that is allowed, a point, two digits. In fen.
#[inline]
pub(super) fn yuan(text: &[u8], separators: Separators) -> Option<i64> {
    match text.len().checked_sub(7).map(|at| text[at]) {
        Some(b',') if separators == Separators::Allowed => grouped(text),
        Some(b',') => None,
        _ => ungrouped(text),
    }
}

fn grouped(text: &[u8]) -> Option<i64> {
    let (whole, [b'.', tenths, rest]) = text.split_last_chunk::<3>()? else { return None };
    let (head, groups) = whole.as_rchunks::<4>();
    // So few digits that the sum fits.
    if head.is_empty() || groups.len() > 4 {
        return None;
    }
    let sum = groups.iter().try_fold(digits(0, head)?, |sum, [comma, group @ ..]| {
        (*comma == b',').then(|| digits(sum, group)).flatten()
    });
    digits(sum?, &[*tenths, *rest])
}

#[inline]
fn ungrouped(text: &[u8]) -> Option<i64> {
    match text.split_last_chunk::<8>() {
        // So few digits that the sum fits.
        Some((head, _)) if head.len() > 10 => None,
        Some((head, tail)) => Some(digits(0, head)? * 10_000_000 + short(tail)?),
        None => short(text),
    }
}

/// Up to eight bytes, of which the last three are a point and two digits.
#[inline]
fn short(text: &[u8]) -> Option<i64> {
    let start = u32::from_le_bytes(*text.first_chunk()?);
    let end = u32::from_le_bytes(*text.last_chunk()?);
    // The text at the end of eight bytes, of which the first is the lowest; start and end may have bytes in common.
    let missing = 8 * 8_u32.checked_sub(u32::try_from(text.len()).ok()?)?;
    let padding = ZEROS & !(u64::MAX << missing);
    let bytes = padding | u64::from(start) << missing | u64::from(end) << 32;
    if bytes.to_le_bytes()[5] != b'.' {
        return None;
    }
    let (whole, decimals) = (bytes & 0xFF_FFFF_FFFF, bytes & (0xFFFF << 48));
    let pairs = pairs(decimals | whole << 8 | u64::from(b'0'))?;
    let fours = (pairs * 100 + (pairs >> 16)) & 0x0000_FFFF_0000_FFFF;
    let eight = (fours * 10_000 + (fours >> 32)) & 0xFFFF_FFFF;
    i64::try_from(eight).ok()
}

#[inline]
fn digits(sum: i64, text: &[u8]) -> Option<i64> {
    text.iter().try_fold(sum, |sum, byte| {
        let digit = byte.wrapping_sub(b'0');
        (digit < 10).then(|| sum * 10 + i64::from(digit))
    })
}

/// A day, and its text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Day {
    text: [u8; 10],
    date: Date,
}

impl Day {
    /// The one to begin with.
    pub(super) const FIRST: Self = Self { text: *b"1970-01-01", date: Date::constant(1970, 1, 1) };

    #[inline]
    fn new(text: [u8; 10]) -> Option<Self> {
        let (month, [d1, d2]) = (u64::from_le_bytes(*text.first_chunk()?), *text.last_chunk()?);
        if !has_marks(month, *b"\0\0\0\0-\0\0-") {
            return None;
        }
        let day = u64::from(u16::from_le_bytes([d1, d2])) << 48;
        let digits = month & 0xFFFF_FFFF | (month >> 8) & (0xFFFF << 32) | day;
        let [century, _, year, _, month, _, day, _] = pairs(digits)?.to_le_bytes();
        let year = i16::from(century) * 100 + i16::from(year);
        Some(Self { text, date: Date::new(year, month as i8, day as i8).ok()? })
    }
}

/// `2026-03-31 23:45:00`; the day need not be read again if it is that of before.
#[inline]
pub(super) fn time(text: &[u8], before: &Cell<Day>) -> Option<DateTime> {
    let (text, clock) = text.split_first_chunk::<10>()?;
    let [b' ', clock @ ..] = clock else { return None };
    let clock = clock_time(clock.try_into().ok()?)?;
    let mut day = before.get();
    if day.text != *text {
        day = Day::new(*text)?;
        before.set(day);
    }
    Some(DateTime::from_parts(day.date, clock))
}

#[inline]
fn clock_time(text: [u8; 8]) -> Option<Time> {
    let text = u64::from_le_bytes(text);
    if !has_marks(text, *b"\0\0:\0\0:\0\0") {
        return None;
    }
    let (hour, minute, second) =
        (text & 0xFFFF, (text >> 8) & (0xFFFF << 16), (text >> 16) & (0xFFFF << 32));
    let digits = hour | minute | second | ZEROS & (0xFFFF << 48);
    let [hour, _, minute, _, second, ..] = pairs(digits)?.to_le_bytes().map(|two| two as i8);
    Time::new(hour, minute, second, 0).ok()
}

/// Whether the text has these bytes where they are not zero.
#[inline]
fn has_marks(text: u64, marks: [u8; 8]) -> bool {
    let mask = marks.map(|mark| if mark == 0 { 0 } else { 0xFF });
    text & u64::from_le_bytes(mask) == u64::from_le_bytes(marks)
}

const ZEROS: u64 = u64::from_le_bytes([b'0'; 8]);

/// Of eight digits, the first of which is the lowest byte, the numbers that each two of them make: in 16 bits each.
#[inline]
fn pairs(digits: u64) -> Option<u64> {
    let values = digits ^ ZEROS;
    // A byte of more than nine reaches the highest bit of its own, or has it already.
    let are_digits =
        (values | values.wrapping_add(0x7676_7676_7676_7676)) & 0x8080_8080_8080_8080 == 0;
    are_digits.then(|| (values * 10 + (values >> 8)) & 0x00FF_00FF_00FF_00FF)
}
