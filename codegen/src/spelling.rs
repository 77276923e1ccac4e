//! The known name nearest to a misspelt one.

/// A list of names longer than this helps nobody.
const LONGEST: usize = 40;

/// The name that was probably meant, if one is near enough: about one letter in three may differ.
pub(crate) fn closest<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let distance = |other: &str| strsim::osa_distance(&name.to_lowercase(), &other.to_lowercase());
    let nearest = known.into_iter().map(|other| (distance(other), other)).min()?;
    let (distance, other) = nearest;
    (distance <= name.chars().count().max(3) / 3).then_some(other)
}

/// What to write instead of an unknown name.
pub(crate) fn advice<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> String {
    let known: Vec<&str> = known.into_iter().collect();
    if let Some(near) = closest(name, known.iter().copied()) {
        return format!("did you mean `{near}`?");
    }
    let shown: Vec<String> = known.iter().take(LONGEST).map(|name| format!("`{name}`")).collect();
    match known.len().saturating_sub(LONGEST) {
        0 if known.len() == 1 => format!("expected {}", shown.concat()),
        0 => format!("expected one of {}", shown.join(", ")),
        more => format!("expected one of {}, and {more} more", shown.join(", ")),
    }
}
