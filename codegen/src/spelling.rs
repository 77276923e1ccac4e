//! The known name nearest to a misspelt one.

/// The name that was probably meant, if one is near enough: about one letter in three may differ.
pub(crate) fn closest<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let distance = |other: &str| strsim::osa_distance(&name.to_lowercase(), &other.to_lowercase());
    let nearest = known.into_iter().map(|other| (distance(other), other)).min()?;
    let (distance, other) = nearest;
    (distance <= name.chars().count().max(3) / 3).then_some(other)
}
