//! The derive macros. Entry points only.
//!
//! Each derive is a folder cut alike: `attr` reads the attributes, `model` is what they say of the item, `check`
//! refuses what cannot be meant, `expand` writes the impls. What the impls call is in the crate `runtime`, which
//! re-exports every derive; depend on that one.
#![doc = include_str!("../GRAMMAR.md")]

// Stands under every derive, in reading order.
mod errors;
mod attr;
mod suggest;
mod fields;
mod variants;
mod literal;
mod bounds;
mod crate_path;
mod object;

// One module per derive.
mod validate;
mod wire_text;
mod wire_enum;
mod encode;
mod decode;
mod error_code;
mod endpoint;
mod js_api;

// The door to the generator.
#[cfg(feature = "client")]
mod client;

use proc_macro2::TokenStream;
use syn::{DeriveInput, parse_macro_input};

/// Implements `Validate`: every rule of `#[validate(...)]`, in the order of the fields.
#[proc_macro_derive(Validate, attributes(validate, wire))]
pub fn derive_validate(input: proc_macro::TokenStream) -> proc_macro::TokenStream {
    expand_with(input, validate::derive)
}

/// Makes a newtype over a string a text of the wire: `Validate`, serde both ways, `From`, `AsRef<str>`, `Display`.
#[proc_macro_derive(WireText, attributes(validate, wire))]
pub fn derive_wire_text(input: proc_macro::TokenStream) -> proc_macro::TokenStream {
    expand_with(input, wire_text::derive)
}

/// Makes an enum the documented values of the wire, strings or integers, and keeps an undocumented one.
#[proc_macro_derive(WireEnum, attributes(wire))]
pub fn derive_wire_enum(input: proc_macro::TokenStream) -> proc_macro::TokenStream {
    expand_with(input, wire_enum::derive)
}

/// Implements `serde::Serialize` for a struct with named fields: a JSON object, its keys in the order of the fields.
#[proc_macro_derive(Encode, attributes(wire))]
pub fn derive_encode(input: proc_macro::TokenStream) -> proc_macro::TokenStream {
    expand_with(input, encode::derive)
}

/// Implements `serde::Deserialize` for a struct with named fields, lenient towards what the documents do not say.
#[proc_macro_derive(Decode, attributes(wire))]
pub fn derive_decode(input: proc_macro::TokenStream) -> proc_macro::TokenStream {
    expand_with(input, decode::derive)
}

/// Makes an enum the error codes of an endpoint or JS API, each with its row of the documents, and keeps an
/// undocumented one.
#[proc_macro_derive(ErrorCode, attributes(error_code))]
pub fn derive_error_code(input: proc_macro::TokenStream) -> proc_macro::TokenStream {
    expand_with(input, error_code::derive)
}

/// Binds a request struct to its method, path, host, response and errors.
#[proc_macro_derive(Endpoint, attributes(endpoint, wire))]
pub fn derive_endpoint(input: proc_macro::TokenStream) -> proc_macro::TokenStream {
    expand_with(input, endpoint::derive)
}

/// Binds a struct of options to a function of the platform's JavaScript interface.
#[proc_macro_derive(JsApi, attributes(js_api, wire))]
pub fn derive_js_api(input: proc_macro::TokenStream) -> proc_macro::TokenStream {
    expand_with(input, js_api::derive)
}

fn expand_with(
    input: proc_macro::TokenStream,
    derive: fn(&DeriveInput) -> TokenStream,
) -> proc_macro::TokenStream {
    let node = parse_macro_input!(input as DeriveInput);
    derive(&node).into()
}

/// Generates the modules of a client, `platform` and one for each domain, from the spec in a folder.
///
/// The folder is relative to the package. Every file of the spec is watched; a file that is added to the folder is
/// noticed when any other changes. What is wrong with the spec is said with its file, line and column.
///
/// ```ignore
/// mod client {
///     macros::generate_client!("../spec");
/// }
/// ```
#[cfg(feature = "client")]
#[proc_macro]
pub fn generate_client(input: proc_macro::TokenStream) -> proc_macro::TokenStream {
    client::expand(&parse_macro_input!(input)).into()
}

/// The text that [`generate_client!`] compiles, to look at: `&[(name of the file, text)]`, sorted by name.
#[cfg(feature = "client")]
#[proc_macro]
pub fn generate_client_source(input: proc_macro::TokenStream) -> proc_macro::TokenStream {
    client::expand_source(&parse_macro_input!(input)).into()
}
