//! A decimal in quotes, as `"0.01"`: a bound that no float comes near.

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::parse::{Parse, ParseStream};
use syn::{Error, LitStr, Path, Result};

use super::respan;

/// As many digits as a decimal holds for sure.
const DIGITS: usize = 28;

pub(crate) struct Decimal {
    literal: LitStr,
    /// All digits, with the sign.
    digits: i128,
    /// How many of them stand behind the point.
    scale: u32,
}

impl Decimal {
    /// The whole part, and the rest in units of the last digit that there can be: two that compare as the decimals do.
    pub(super) fn size(&self) -> (i128, i128) {
        let one = 10_i128.pow(self.scale);
        let unit = 10_i128.pow(DIGITS as u32 - self.scale);
        (self.digits / one, self.digits % one * unit)
    }

    /// What the compiler finds wrong with it is at the quotes.
    pub(super) fn expand(&self, runtime: &Path) -> TokenStream {
        let (digits, scale) = (self.digits, self.scale);
        let span = self.literal.span().resolved_at(Span::call_site());
        let runtime = respan(&quote!(#runtime).into(), span);
        quote_spanned!(span=> #runtime::decimals::decimal(#digits, #scale))
    }
}

impl Parse for Decimal {
    fn parse(input: ParseStream<'_>) -> Result<Self> {
        let literal: LitStr = input.parse()?;
        match read(&literal.value()) {
            Some((digits, scale)) => Ok(Self { literal, digits, scale }),
            None => Err(Error::new(
                literal.span(),
                format!("expected a decimal of at most {DIGITS} digits, as `\"0.01\"`"),
            )),
        }
    }
}

impl ToTokens for Decimal {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        self.literal.to_tokens(tokens);
    }
}

fn read(text: &str) -> Option<(i128, u32)> {
    let (sign, size) = text.strip_prefix('-').map_or(("", text), |size| ("-", size));
    let (whole, fraction) = match size.split_once('.') {
        Some((_, "")) => return None,
        Some(parts) => parts,
        None => (size, ""),
    };
    let digits = format!("{whole}{fraction}");
    let is_decimal = !whole.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    if !is_decimal || digits.len() > DIGITS {
        return None;
    }
    Some((format!("{sign}{digits}").parse().ok()?, fraction.len() as u32))
}
