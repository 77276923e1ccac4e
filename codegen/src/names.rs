//! Spec names → Rust names. Nothing else in this crate changes the case of a name.

use heck::{ToShoutySnakeCase, ToSnakeCase, ToUpperCamelCase};

/// Name of a struct, enum or variant.
pub(crate) fn type_name(name: &str) -> String {
    identifier(if is_snake_case(name) {
        join_words(name)
    } else if is_constant_case(name) {
        join_words(&name.to_ascii_lowercase())
    } else if is_camel_case(name) {
        name.to_owned()
    } else {
        name.to_upper_camel_case()
    })
}

/// Name of the struct of what an object must be given: `PayRequest` → `PayRequired`, `Receiver` → `ReceiverRequired`.
pub(crate) fn required_name(object: &str) -> String {
    let stem = object.strip_suffix("Request").filter(|stem| !stem.is_empty());
    format!("{}Required", stem.unwrap_or(object))
}

/// Former name of a type that is named after its item: `PayRequest`, when `pay` was called `buy`, was `BuyRequest`.
pub(crate) fn former_name(name: &str, item: &str, former: &str) -> Option<String> {
    let rest = name.strip_prefix(&type_name(item))?;
    let is_whole_word = !rest.starts_with(|next: char| next.is_ascii_lowercase());
    is_whole_word.then(|| type_name(former) + rest)
}

/// Name of a field or module.
pub(crate) fn field_name(name: &str) -> String {
    identifier(if is_snake_case(name) { name.to_owned() } else { name.to_snake_case() })
}

// Nearly all names are of one of these three forms, and to convert any form is slow.

/// `user_id`.
fn is_snake_case(name: &str) -> bool {
    has_words(name, u8::is_ascii_lowercase)
}

/// `USER_ID`.
fn is_constant_case(name: &str) -> bool {
    has_words(name, u8::is_ascii_uppercase)
}

/// Whether it is words of such letters, and of digits, with a `_` between.
fn has_words(name: &str, is_letter: impl Fn(&u8) -> bool) -> bool {
    let is_sign = |byte: u8| is_letter(&byte) || byte.is_ascii_digit();
    name.split('_').all(|word| !word.is_empty() && word.bytes().all(is_sign))
}

/// `UserId`: capitals, each with a small letter behind it.
fn is_camel_case(name: &str) -> bool {
    let bytes = name.as_bytes();
    let is_of_word = |(at, byte): (usize, &u8)| match byte {
        b'A'..=b'Z' => bytes.get(at + 1).is_some_and(u8::is_ascii_lowercase),
        _ => byte.is_ascii_lowercase() || byte.is_ascii_digit(),
    };
    bytes.first().is_some_and(u8::is_ascii_uppercase) && bytes.iter().enumerate().all(is_of_word)
}

/// `user_id` → `UserId`.
fn join_words(name: &str) -> String {
    let mut joined = String::with_capacity(name.len());
    for word in name.split('_') {
        let start = joined.len();
        joined.push_str(word);
        joined[start..=start].make_ascii_uppercase();
    }
    joined
}

/// Name of a constant.
pub(crate) fn constant_name(name: &str) -> String {
    identifier(name.to_shouty_snake_case())
}

/// Stem of the names of a JS API's items: `shop.requestOrder` → `RequestOrder`.
pub(crate) fn js_stem(name: &str) -> String {
    type_name(name.rsplit('.').next().unwrap_or(name))
}

/// Whether a converted name can stand in Rust code.
pub(crate) fn is_identifier(name: &str) -> bool {
    if name.is_ascii() {
        let is_sign = |byte: u8| byte == b'_' || byte.is_ascii_alphanumeric();
        let starts_with_digit = name.starts_with(|first: char| first.is_ascii_digit());
        !name.is_empty() && !starts_with_digit && name.bytes().all(is_sign) && !is_word(name)
    } else {
        syn::parse_str::<syn::Ident>(name).is_ok()
    }
}

/// The words of the language up to edition 2024, those it keeps for later, and `_`.
#[rustfmt::skip]
pub(crate) fn is_word(name: &str) -> bool {
    matches!(
        name,
        "abstract" | "as" | "async" | "await" | "become" | "box" | "break" | "const" | "continue" | "crate" | "do"
            | "dyn" | "else" | "enum" | "extern" | "false" | "final" | "fn" | "for" | "gen" | "if" | "impl" | "in"
            | "let" | "loop" | "macro" | "match" | "mod" | "move" | "mut" | "override" | "priv" | "pub" | "ref"
            | "return" | "self" | "static" | "struct" | "super" | "trait" | "true" | "try" | "type" | "typeof"
            | "unsafe" | "unsized" | "use" | "virtual" | "where" | "while" | "yield" | "Self" | "_"
    )
}

/// A word of the language gets a `_` behind it, a leading digit one before it.
fn identifier(name: String) -> String {
    if name.starts_with(|first: char| first.is_ascii_digit()) {
        format!("_{name}")
    } else if !name.is_empty() && !is_identifier(&name) && is_identifier(&format!("{name}_")) {
        format!("{name}_")
    } else {
        name
    }
}
