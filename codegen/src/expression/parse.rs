//! Text → syntax of Rust, of which only what a person would write is read.

use proc_macro2::{LexError, Span, TokenStream, TokenTree};
use syn::spanned::Spanned;

use crate::names::is_word;

/// What is wrong with an expression, and where in its text, in bytes.
#[derive(Debug)]
pub(crate) struct Fault {
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) code: &'static str,
    pub(crate) message: String,
    pub(crate) help: Option<String>,
}

/// An expression as long as that is read by nobody, and each of its parts may be one in another.
const LONGEST: usize = 800;

pub(super) fn parse(text: &str) -> Result<syn::Expr, Fault> {
    let refuse = |(start, end), message: String, help: String| Fault {
        start,
        end,
        code: "bad-expression",
        message,
        help: Some(help),
    };
    let fault = |span, message: String| {
        let (start, end) = range(text, span);
        let help = match &text[start..end] {
            word if is_word(word) => {
                format!(
                    "`{word}` is a word of Rust, which nothing here can be named by: give it another name"
                )
            }
            _ => "as in `net * (1 - rate)`, `paid && days >= 3`, `min(a, b)`".to_owned(),
        };
        refuse((start, end), message, help)
    };
    if text.len() > LONGEST {
        let message = format!("this is longer than {LONGEST} bytes");
        let help = "give parts of it names, as steps or derived values".to_owned();
        return Err(refuse((0, text.len()), message, help));
    }
    if let Some(start) = text.find("//").or_else(|| text.find("/*")) {
        let message = "an expression has no comments".to_owned();
        let help = "say it in `doc`, or in a comment of YAML".to_owned();
        return Err(refuse((start, text.len()), message, help));
    }
    let tokens: TokenStream = text
        .parse()
        .map_err(|found: LexError| fault(found.span(), format!("not an expression: {found}")))?;
    if let Some(span) = find_depth(tokens.clone(), 0) {
        return Err(fault(span, "this is nested too deeply to be read".to_owned()));
    }
    syn::parse2(tokens).map_err(|found| {
        // Most of Rust's expressions are not even read.
        let is_other = found.to_string().starts_with("unsupported expression");
        let message = match is_other {
            true => "an expression of a rule cannot contain this".to_owned(),
            false => format!("not an expression: {found}"),
        };
        fault(found.span(), message)
    })
}

/// Where parentheses, or signs one after the other, are more than anybody reads. The parser of Rust calls itself for each.
fn find_depth(tokens: TokenStream, depth: usize) -> Option<Span> {
    const DEEPEST: usize = 16;
    let mut signs = 0;
    for token in tokens {
        signs = if matches!(token, TokenTree::Punct(_)) { signs + 1 } else { 0 };
        if depth > DEEPEST || signs > DEEPEST {
            return Some(token.span());
        }
        if let TokenTree::Group(group) = token
            && let Some(span) = find_depth(group.stream(), depth + 1)
        {
            return Some(span);
        }
    }
    None
}

/// Where in the text a part of it stands. Spans count characters.
fn range(text: &str, span: Span) -> (usize, usize) {
    let byte = |column: usize| text.char_indices().nth(column).map_or(text.len(), |(at, _)| at);
    let (start, end) = (byte(span.start().column), byte(span.end().column));
    if start < end { (start, end) } else { (0, text.len()) }
}

pub(super) fn range_of(text: &str, part: &impl Spanned) -> (usize, usize) {
    range(text, part.span())
}
