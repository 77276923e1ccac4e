//! Decimals that are written in code.

use rust_decimal::Decimal;

/// The number that a text of at most 28 digits is, as `0.01` or `-12.5`. For constants: what is not a number does not
/// compile.
///
/// # Panics
///
/// If the text is not such a number.
///
/// ```
/// use apiscribe::rules::{Decimal, decimal};
///
/// const RATE: Decimal = decimal("0.01");
/// assert_eq!(RATE.to_string(), "0.01");
/// ```
pub const fn decimal(text: &str) -> Decimal {
    let bytes = text.as_bytes();
    let negative = !bytes.is_empty() && bytes[0] == b'-';
    let mut at = negative as usize;
    let (mut digits, mut value, mut scale, mut behind) = (0, 0_u128, 0, false);
    while at < bytes.len() {
        match bytes[at] {
            b'0'..=b'9' => {
                assert!(digits < 28, "a decimal has at most 28 digits");
                value = value * 10 + (bytes[at] - b'0') as u128;
                digits += 1;
                scale += behind as u32;
            }
            b'.' if !behind && digits > 0 => behind = true,
            _ => panic!("a decimal is written in digits, as 0.01"),
        }
        at += 1;
    }
    assert!(digits > 0 && (!behind || scale > 0), "a decimal is written in digits, as 0.01");
    Decimal::from_parts(value as u32, (value >> 32) as u32, (value >> 64) as u32, negative, scale)
}
