//! The items of `#[endpoint(...)]` that have items of their own: `rate_limit(...)` and `issues(...)`.

use syn::parse::ParseStream;
use syn::{Error, Ident, Path, Result, Token, parenthesized};

use super::attr::parse_field;
use crate::attr::{parse_name, parse_value, read_items, set};
use crate::errors::Errors;
use crate::literal::Int;
use crate::suggest;

/// `rate_limit(calls = 500, per = 300, by(client_key), counts = successes)`.
pub(super) struct RateLimit {
    pub(super) calls: Int,
    pub(super) per: Int,
    pub(super) by: Vec<Ident>,
    pub(super) counts: Counts,
}

/// A variant of the runtime's `Counts`.
#[derive(Clone, Copy, Default)]
pub(super) enum Counts {
    #[default]
    All,
    Successes,
}

/// `issues(auth = PATH, token = access_token)`; the rest may be left out.
pub(super) struct Issues {
    pub(super) auth: Path,
    pub(super) token: Ident,
    pub(super) expires_in: Option<Ident>,
    pub(super) refresh_token: Option<Ident>,
    pub(super) refresh_expires_in: Option<Ident>,
}

const OF_RATE_LIMIT: [&str; 4] = ["calls", "per", "by", "counts"];
const OF_ISSUES: [&str; 5] = ["auth", "token", "expires_in", "refresh_token", "refresh_expires_in"];

impl RateLimit {
    pub(super) fn parse(
        name: &Ident,
        input: ParseStream<'_>,
        errors: &mut Errors,
    ) -> Result<RateLimit> {
        let (mut calls, mut per, mut by, mut counts) = (None, None, None, None);
        read_inside(input, errors, &mut |input, key| match key.to_string().as_str() {
            "calls" => set(&mut calls, key, parse_positive(input)?),
            "per" => set(&mut per, key, parse_positive(input)?),
            "by" => set(&mut by, key, parse_fields(input)?),
            "counts" => set(&mut counts, key, parse_counts(input)?),
            _ => Err(suggest::unknown("key of a rate limit", key, &OF_RATE_LIMIT)),
        })?;
        let (Some(calls), Some(per)) = (calls, per) else {
            let message =
                "the limit is not told in full, write `rate_limit(calls = 500, per = 300)`";
            return Err(Error::new(name.span(), message));
        };
        let (by, counts) = (by.unwrap_or_default(), counts.unwrap_or_default());
        Ok(RateLimit { calls, per, by, counts })
    }
}

impl Issues {
    pub(super) fn parse(
        name: &Ident,
        input: ParseStream<'_>,
        errors: &mut Errors,
    ) -> Result<Issues> {
        let (mut auth, mut token) = (None, None);
        let (mut expires_in, mut refresh_token, mut refresh_expires_in) = (None, None, None);
        read_inside(input, errors, &mut |input, key| match key.to_string().as_str() {
            "auth" => set(&mut auth, key, parse_value(input)?),
            "token" => set(&mut token, key, parse_field(input)?),
            "expires_in" => set(&mut expires_in, key, parse_field(input)?),
            "refresh_token" => set(&mut refresh_token, key, parse_field(input)?),
            "refresh_expires_in" => set(&mut refresh_expires_in, key, parse_field(input)?),
            _ => Err(suggest::unknown("key of `issues`", key, &OF_ISSUES)),
        })?;
        let (Some(auth), Some(token)) = (auth, token) else {
            let message =
                "the token is not told in full, write `issues(auth = PATH, token = FIELD)`";
            return Err(Error::new(name.span(), message));
        };
        Ok(Issues { auth, token, expires_in, refresh_token, refresh_expires_in })
    }
}

/// Reads `(key .., key ..)`, each key and what is behind it.
fn read_inside(
    input: ParseStream<'_>,
    errors: &mut Errors,
    item: &mut dyn FnMut(ParseStream<'_>, &Ident) -> Result<()>,
) -> Result<()> {
    let inside;
    parenthesized!(inside in input);
    read_items(&inside, errors, &mut |input, _| {
        let key = parse_name(input)?;
        item(input, &key)
    });
    Ok(())
}

fn parse_positive(input: ParseStream<'_>) -> Result<Int> {
    let number: Int = parse_value(input)?;
    match u32::try_from(number.value) {
        Ok(1..) => Ok(number),
        _ => Err(Error::new_spanned(number, format!("expected a number from 1 to {}", u32::MAX))),
    }
}

fn parse_fields(input: ParseStream<'_>) -> Result<Vec<Ident>> {
    let inside;
    parenthesized!(inside in input);
    Ok(inside.parse_terminated(parse_name, Token![,])?.into_iter().collect())
}

fn parse_counts(input: ParseStream<'_>) -> Result<Counts> {
    let word = parse_field(input)?;
    match word.to_string().as_str() {
        "all" => Ok(Counts::All),
        "successes" => Ok(Counts::Successes),
        _ => Err(suggest::unknown("kind of calls", &word, &["all", "successes"])),
    }
}
