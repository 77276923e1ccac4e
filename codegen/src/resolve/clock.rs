//! The platform's clock, which one file tells.

use crate::diagnostic::Diagnostics;
use crate::model::{Reported, Resolved, TimeZone};
use crate::source::Located;
use crate::spec::File;

pub(super) fn resolve_clock<'a>(
    diagnostics: &mut Diagnostics,
    files: &'a [File],
) -> Option<TimeZone<'a>> {
    let mut zones = files.iter().filter_map(|file| file.time_zone.as_ref());
    let spec = zones.next()?;
    for second in zones {
        let first = diagnostics.place(spec.offset.span);
        diagnostics
            .error(second.offset.span, "duplicate-name", "a second time zone")
            .help(format_args!("the first is at {first}"));
    }
    Some(TimeZone { spec, minutes: resolve_offset(diagnostics, &spec.offset) })
}

fn resolve_offset(diagnostics: &mut Diagnostics, offset: &Located<String>) -> Resolved<i16> {
    parse(offset.as_str()).ok_or_else(|| {
        diagnostics
            .error(
                offset.span,
                "bad-time-zone",
                format_args!("`{offset}` is not a distance from UTC"),
            )
            .help("write it as `UTC+08:00`; a clock that is changed in summer cannot be given");
        Reported
    })
}

/// `UTC+08:00` is 480. No clock is further from UTC than 14 hours.
fn parse(text: &str) -> Option<i16> {
    let offset = text.strip_prefix("UTC")?;
    let digits = offset.strip_prefix(['+', '-'])?;
    let (hours, minutes) = digits.split_once(':')?;
    let number = |digits: &str| match digits.as_bytes() {
        [b'0'..=b'9', b'0'..=b'9'] => digits.parse::<i16>().ok(),
        _ => None,
    };
    let (hours, minutes) = (number(hours)?, number(minutes)?);
    let distance = Some(hours * 60 + minutes).filter(|all| *all <= 14 * 60 && minutes < 60)?;
    Some(if offset.starts_with('-') { -distance } else { distance })
}
