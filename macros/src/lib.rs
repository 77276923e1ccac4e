//! The derive macros: their entry points, and the way that every derive goes.
//!
//! That way (`derive`) has four steps: a derive reads its attributes, makes of them a model of the item, checks what cannot
//! be meant, and expands the impls. A small one is a file in this order; of a large one the model is `mod.rs`, and the rest
//! are the modules `attr`, `check` and `expand`. `Encode` and `Decode` share all but the last step, which is `object`;
//! `Validate` and `WireText` share `rules`, where limits and conditions are a file each, in this order as well;
//! `WireEnum` and `ErrorCode` share `open_enum`. What the impls call is in the crate `apiscribe`, which re-exports every
//! derive; depend on that one.
#![doc = include_str!("../GRAMMAR.md")]

// Stands under every derive, in reading order.
mod errors;
mod node;
mod attr;
mod item;
mod generics;

// One module per derive, behind what two of them share.
mod rules;
mod validate;
mod wire_text;
mod money;
mod open_enum;
mod wire_enum;
mod union;
mod required;
mod object;
mod encode;
mod decode;
mod error_code;
mod endpoint;
mod js_api;
mod events;
mod responses;

// The entry point to the generator.
#[cfg(feature = "client")]
mod client;

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Attribute, Data, DeriveInput, Fields, parse_macro_input};

use crate::errors::Errors;
use crate::node::Node;

/// Implements `Validate`: every rule of `#[validate(...)]`, in the order of the fields.
///
/// ```
/// use apiscribe::Validate;
///
/// #[derive(Validate)]
/// #[validate(at_least_one_of(phone, mail))]
/// struct Contact {
///     #[validate(required, chars(max = 10))]
///     name: String,
///     #[wire(name = "phoneNumber")]
///     #[validate(bytes(max = 16))]
///     phone: Option<String>,
///     mail: Option<String>,
/// }
///
/// let contact = Contact { name: String::new(), phone: Some("0".repeat(17)), mail: None };
/// let violations = contact.validate().unwrap_err().to_string();
/// assert_eq!(violations.lines().count(), 2);
/// assert!(violations.ends_with("phoneNumber: 17 bytes, at most 16 allowed"));
/// ```
#[proc_macro_derive(Validate, attributes(validate, wire))]
pub fn derive_validate(input: proc_macro::TokenStream) -> proc_macro::TokenStream {
    expand_with(input, |node| [derive::<validate::Item<'_>>(node)])
}

/// Makes a newtype over a string a text of the wire: `Validate`, serde both ways, `From`, `AsRef<str>`, `Display`.
///
/// ```
/// use apiscribe::{Validate, WireText};
///
/// #[derive(WireText)]
/// #[validate(bytes(max = 64))]
/// struct OrderId(String);
///
/// assert!(OrderId("7301".to_owned()).validate().is_ok());
/// assert!(OrderId("é".repeat(33)).validate().is_err());
/// ```
#[proc_macro_derive(WireText, attributes(validate, wire))]
pub fn derive_wire_text(input: proc_macro::TokenStream) -> proc_macro::TokenStream {
    expand_with(input, |node| [derive::<wire_text::Text<'_>>(node)])
}

/// Makes a newtype over `i64` a unit of money: a number on the wire, its unit in violations, no arithmetic between units.
///
/// Implements `Money`, serde both ways, `Display`, and checked sums. With `worth` both units convert into each other;
/// with `either` it is an amount in one of several units, of which another value says which.
///
/// ```
/// use apiscribe::Money;
///
/// #[derive(Debug, Clone, Copy, PartialEq, Money)]
/// #[money(name = "cents", one = "cent")]
/// struct Cents(i64);
///
/// #[derive(Debug, Clone, Copy, PartialEq, Money)]
/// #[money(name = "points", one = "point")]
/// struct Points(i64);
///
/// #[derive(Debug, Clone, Copy, PartialEq, Money)]
/// #[money(name = "cents_or_points", many = "cents or points", either(Cents, Points))]
/// struct Amount(i64);
///
/// assert_eq!(Cents(3).checked_add(Cents(4)), Some(Cents(7)));
/// assert_eq!(Cents(3).to_string(), "3 cents");
/// assert_eq!(serde_json::from_str::<Cents>("\"3\"").ok(), Some(Cents(3)));
/// assert_eq!(Amount(3).to_points(), Points(3));
/// ```
#[proc_macro_derive(Money, attributes(money))]
pub fn derive_money(input: proc_macro::TokenStream) -> proc_macro::TokenStream {
    expand_with(input, |node| [derive::<money::Unit<'_>>(node)])
}

/// Makes an enum the documented values of the wire, strings or integers, and keeps an undocumented one.
///
/// Implements `WireEnum`, serde both ways, `FromStr`, `Display`, and `Default` if a value is marked so.
///
/// ```
/// use apiscribe::WireEnum;
///
/// #[derive(Debug, PartialEq, WireEnum)]
/// enum Status {
///     #[wire("SUCCESS", alias = "OK")]
///     Success,
///     #[wire("FAIL", since = "3.47.0")]
///     Failed,
///     #[wire(unknown)]
///     Unknown(String),
/// }
///
/// assert_eq!("OK".parse(), Ok(Status::Success));
/// assert_eq!(Status::Success.to_string(), "SUCCESS");
/// assert_eq!("HELD".parse(), Ok(Status::Unknown("HELD".to_owned())));
/// assert_eq!(Status::documented().len(), 2);
/// ```
#[proc_macro_derive(WireEnum, attributes(wire))]
pub fn derive_wire_enum(input: proc_macro::TokenStream) -> proc_macro::TokenStream {
    expand_with(input, |node| [derive::<wire_enum::Enum<'_>>(node)])
}

/// Implements `serde::Serialize` for a struct with named fields: a JSON object, its keys in the order of the fields.
///
/// Costs the compiler a quarter of what serde's own derive does. Of an enum with `#[wire(tag = "key")]`: objects of
/// several kinds, which that key tells apart.
///
/// ```
/// use apiscribe::Encode;
///
/// #[derive(Encode)]
/// struct Order<'a> {
///     #[wire(name = "orderId")]
///     order_id: &'a str,
///     #[wire(optional)]
///     remark: Option<String>,
/// }
///
/// let order = Order { order_id: "o1", remark: None };
/// assert_eq!(serde_json::to_string(&order)?, r#"{"orderId":"o1"}"#);
/// # Ok::<(), serde_json::Error>(())
/// ```
/// With `#[required(Name)]` on the struct it makes a struct of the fields that must be given, so that `new` is given each by its
/// name, and `with_field` for each that may be left out. What must be given is every field that is no `Option`.
///
/// ```
/// use apiscribe::Encode;
///
/// #[derive(Encode)]
/// #[required(TransferRequired)]
/// struct Transfer {
///     from: String,
///     to: String,
///     remark: Option<String>,
/// }
///
/// let required = TransferRequired { to: "b".to_owned(), from: "a".to_owned() };
/// let transfer = Transfer::new(required).with_remark("June");
/// assert_eq!(transfer.remark.as_deref(), Some("June"));
/// ```
#[proc_macro_derive(Encode, attributes(wire, required))]
pub fn derive_encode(input: proc_macro::TokenStream) -> proc_macro::TokenStream {
    expand_with(input, |node| match node.data {
        Data::Enum(_) => [derive::<union::Encode<'_>>(node), required::expand(node)],
        _ => [derive::<encode::Encode<'_>>(node), required::expand(node)],
    })
}

/// Implements `serde::Deserialize` for a struct with named fields, or an enum as `Encode` does, lenient towards what the
/// documents do not say.
///
/// Keys that are not known are passed over, a field that is an `Option`, a list or a map may be absent or `null`, and
/// of a key that comes twice the last counts. Costs the compiler an eighth of what serde's own derive does.
///
/// ```
/// use apiscribe::Decode;
///
/// #[derive(Debug, PartialEq, Decode)]
/// struct Payment {
///     #[wire(lenient)]
///     amount: i64,
///     remark: Option<String>,
/// }
///
/// let payment: Payment = serde_json::from_str(r#"{"amount":"648","later":[]}"#)?;
/// assert_eq!(payment, Payment { amount: 648, remark: None });
/// let fault = serde_json::from_str::<Payment>("{}").unwrap_err();
/// assert!(fault.to_string().starts_with("missing field `amount`"));
/// # Ok::<(), serde_json::Error>(())
/// ```
#[proc_macro_derive(Decode, attributes(wire))]
pub fn derive_decode(input: proc_macro::TokenStream) -> proc_macro::TokenStream {
    expand_with(input, |node| match node.data {
        Data::Enum(_) => [derive::<union::Decode<'_>>(node)],
        _ => [derive::<decode::Decode<'_>>(node)],
    })
}

/// Makes an enum the error codes of an endpoint or JS API, each with its row of the documents, and keeps an
/// undocumented one. Implements `ErrorCode`, `Display` and `Error`.
///
/// ```
/// use apiscribe::ErrorCode;
/// use apiscribe::error::Retry;
///
/// #[derive(Debug, PartialEq, ErrorCode)]
/// enum OrderError {
///     #[error_code(23111, http = 400, retry = never)]
///     #[error_code(message = "order paid", advice = "treat the order as paid")]
///     Paid,
///     #[error_code(unknown)]
///     Unknown(i64),
/// }
///
/// let error = OrderError::from_code(23111);
/// assert_eq!(error, OrderError::Paid);
/// assert_eq!(error.retry(), Some(Retry::Never));
/// assert_eq!(error.to_string(), "23111 order paid; treat the order as paid");
/// assert_eq!(OrderError::from_code(7), OrderError::Unknown(7));
/// ```
#[proc_macro_derive(ErrorCode, attributes(error_code))]
pub fn derive_error_code(input: proc_macro::TokenStream) -> proc_macro::TokenStream {
    expand_with(input, |node| [derive::<error_code::Table<'_>>(node)])
}

/// Binds a request struct to its method, path, host, response and errors. Implements `Endpoint`, which makes the HTTP
/// request and reads the response, and sends nothing.
///
/// ```
/// use apiscribe::meta::{Code, Envelope, Host};
/// use apiscribe::{Encode, Endpoint, Validate};
///
/// const OPEN: Host = Host {
///     name: "open",
///     production: "https://open.example.com",
///     sandbox: None,
///     development: None,
/// };
/// const PLAIN: Envelope =
///     Envelope::new("plain").code(&["code"]).success(Code::Int(0)).message(&["message"]).data("data");
///
/// #[derive(Encode, Validate, Endpoint)]
/// #[endpoint(POST "/orders/{order_id}/refunds", name = "refund", host = OPEN, envelope = PLAIN)]
/// #[endpoint(response = Vec<String>, idempotency_key = refund_no)]
/// struct Refund {
///     #[wire(skip)]
///     #[endpoint(path)]
///     order_id: String,
///     refund_no: String,
/// }
///
/// let refund = Refund { order_id: "a/b".to_owned(), refund_no: "r1".to_owned() };
/// let request = refund.to_http(OPEN.production, None)?;
/// assert_eq!(request.uri(), "https://open.example.com/orders/a%2Fb/refunds");
/// assert_eq!(request.body(), br#"{"refund_no":"r1"}"#);
/// assert_eq!(refund.idempotency_key().as_deref(), Some("r1"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[proc_macro_derive(Endpoint, attributes(endpoint, wire))]
pub fn derive_endpoint(input: proc_macro::TokenStream) -> proc_macro::TokenStream {
    expand_with(input, |node| [derive::<endpoint::Request<'_>>(node)])
}

/// `Encode`, `Validate` and `Endpoint` in one, which costs the compiler less than the three.
///
/// ```
/// use apiscribe::meta::{Code, Envelope, Host};
/// use apiscribe::{Endpoint, Request};
///
/// const OPEN: Host = Host {
///     name: "open",
///     production: "https://open.example.com",
///     sandbox: None,
///     development: None,
/// };
/// const PLAIN: Envelope =
///     Envelope::new("plain").code(&["code"]).success(Code::Int(0)).message(&["message"]).data("data");
///
/// #[derive(Request)]
/// #[endpoint(POST "/refunds", name = "refund", host = OPEN, envelope = PLAIN)]
/// struct Refund {
///     #[validate(bytes(max = 64))]
///     refund_no: String,
/// }
///
/// let request = Refund { refund_no: "r1".to_owned() }.to_http(OPEN.production, None)?;
/// assert_eq!(request.body(), br#"{"refund_no":"r1"}"#);
/// # Ok::<(), apiscribe::error::RequestError>(())
/// ```
#[proc_macro_derive(Request, attributes(endpoint, validate, wire, required))]
pub fn derive_request(input: proc_macro::TokenStream) -> proc_macro::TokenStream {
    expand_with(input, |node| {
        let all = [
            impls::<encode::Encode<'_>>(node),
            impls::<validate::Item<'_>>(node),
            impls::<endpoint::Request<'_>>(node),
        ];
        [allowed(node, all.into_iter().collect()), required::expand(node)]
    })
}

/// Binds a struct of options to a function of the platform's JavaScript interface. Implements `JsApi`, which writes the
/// options once they are checked, and tells what the user's device must support for them.
///
/// ```
/// use apiscribe::validate::Settings;
/// use apiscribe::{Encode, JsApi, Validate};
///
/// #[derive(Encode, Validate, JsApi)]
/// #[js_api(name = "shop.pay", since = "2.64.0")]
/// struct PayOptions {
///     #[wire(name = "customId")]
///     #[validate(required)]
///     custom_id: String,
///     #[wire(name = "goodType", optional)]
///     #[js_api(since = "3.47.0")]
///     good_type: Option<i64>,
/// }
///
/// let options = PayOptions { custom_id: "c1".to_owned(), good_type: Some(2) };
/// assert_eq!(options.to_json(&Settings::new())?, r#"{"customId":"c1","goodType":2}"#);
/// assert_eq!(options.requirements()[1].path, "pay.goodType");
/// # Ok::<(), apiscribe::validate::Violations>(())
/// ```
#[proc_macro_derive(JsApi, attributes(js_api, wire))]
pub fn derive_js_api(input: proc_macro::TokenStream) -> proc_macro::TokenStream {
    expand_with(input, |node| [derive::<js_api::Options<'_>>(node)])
}

/// Makes an enum of all the events that come in one callback envelope, a variant for each callback and one that keeps
/// any other event. Implements `Events`, which reads whichever comes.
///
/// ```
/// use apiscribe::Events;
/// use apiscribe::callback::{Callback, CallbackEnvelope, UnknownEvent};
///
/// const TRADE: CallbackEnvelope = CallbackEnvelope::new("trade", "type").content("msg");
///
/// enum Paid {}
///
/// impl Callback for Paid {
///     type Content = Vec<String>;
///     type Answer = ();
///     const EVENT: &'static str = "payment";
///     const ENVELOPE: &'static CallbackEnvelope = &TRADE;
///     const ACKNOWLEDGEMENT: &'static str = "{}";
/// }
///
/// #[derive(Debug, PartialEq, Events)]
/// #[events(envelope = TRADE)]
/// enum TradeEvent {
///     #[events(Paid)]
///     Paid(Vec<String>),
///     #[events(unknown)]
///     Unknown(UnknownEvent),
/// }
///
/// let event = TradeEvent::parse(br#"{"type":"payment","msg":"[\"o1\"]"}"#)?;
/// assert_eq!(*event.content(), TradeEvent::Paid(vec!["o1".to_owned()]));
/// let event = TradeEvent::parse(br#"{"type":"gift","msg":"?"}"#)?;
/// assert_eq!((event.name(), event.meta()), ("gift", None));
/// # Ok::<(), apiscribe::callback::CallbackFault>(())
/// ```
#[proc_macro_derive(Events, attributes(events))]
pub fn derive_events(input: proc_macro::TokenStream) -> proc_macro::TokenStream {
    expand_with(input, |node| [derive::<events::Events<'_>>(node)])
}

/// Makes an enum of the successes of an endpoint, a variant for each HTTP status and one that keeps any other. For an endpoint
/// with `response_body = by_status`.
///
/// ```
/// use apiscribe::meta::{Envelope, Host};
/// use apiscribe::wire::UnknownResponse;
/// use apiscribe::{Decode, Endpoint, Request, Responses, http};
///
/// const API: Host = Host { name: "api", production: "https://a.example.com", sandbox: None, development: None };
/// const BARE: Envelope = Envelope::new("bare").message(&["message"]);
///
/// #[derive(Debug, PartialEq, Decode)]
/// struct Merge {
///     sha: String,
/// }
///
/// #[derive(Debug, PartialEq, Responses)]
/// enum MergeResponse {
///     #[responses(200)]
///     Merged(Merge),
///     #[responses(202)]
///     Queued,
///     #[responses(unknown)]
///     Unknown(UnknownResponse),
/// }
///
/// #[derive(Debug, Request)]
/// #[endpoint(PUT "/merge", name = "merge", host = API, envelope = BARE)]
/// #[endpoint(response = MergeResponse, response_body = by_status)]
/// struct MergeRequest {}
///
/// let queued = http::Response::builder().status(202).body("").unwrap();
/// assert_eq!(MergeRequest::from_http(queued)?.into_data(), MergeResponse::Queued);
/// # Ok::<(), apiscribe::Error<apiscribe::error::UndocumentedError>>(())
/// ```
#[proc_macro_derive(Responses, attributes(responses))]
pub fn derive_responses(input: proc_macro::TokenStream) -> proc_macro::TokenStream {
    expand_with(input, |node| [derive::<responses::Responses<'_>>(node)])
}

fn expand_with<I: IntoIterator<Item = TokenStream>>(
    input: proc_macro::TokenStream,
    derive: impl FnOnce(&DeriveInput) -> I,
) -> proc_macro::TokenStream {
    let Node(node) = parse_macro_input!(input as Node);
    derive(&node).into_iter().collect::<TokenStream>().into()
}

/// What the attributes say of an item, for one derive.
pub(crate) trait Derive<'a>: Sized {
    /// Reads the attributes, and goes on after what is wrong with them.
    fn from_syn(node: &'a DeriveInput, errors: &mut Errors) -> Self;

    /// Refuses what cannot be meant.
    fn check(&self, errors: &mut Errors);

    /// The impls; asked for only if nothing is wrong.
    fn expand(&self) -> TokenStream;

    /// The same impls with nothing in them, so that a mistake is reported once, and not again where the type is used.
    fn dummy(&self) -> TokenStream;
}

/// The impls that `M` derives for the item, or all errors and the impls with nothing in them.
fn derive<'a, M: Derive<'a>>(node: &'a DeriveInput) -> TokenStream {
    allowed(node, impls::<M>(node))
}

fn impls<'a, M: Derive<'a>>(node: &'a DeriveInput) -> TokenStream {
    let mut errors = Errors::default();
    let model = M::from_syn(node, &mut errors);
    model.check(&mut errors);
    match errors.finish() {
        Ok(()) => model.expand(),
        Err(error) => [error.to_compile_error(), model.dummy()].into_iter().collect(),
    }
}

/// An impl has to name what is deprecated, which is no reason to warn of it.
fn allowed(node: &DeriveInput, impls: TokenStream) -> TokenStream {
    if !has_deprecated(node) {
        return impls;
    }
    quote! {
        #[allow(deprecated)]
        const _: () = {
            #impls
        };
    }
}

/// Whether the item is deprecated, or a variant or field of it.
fn has_deprecated(node: &DeriveInput) -> bool {
    is_deprecated(&node.attrs)
        || match &node.data {
            Data::Struct(data) => is_any_deprecated(&data.fields),
            Data::Enum(data) => data
                .variants
                .iter()
                .any(|variant| is_deprecated(&variant.attrs) || is_any_deprecated(&variant.fields)),
            Data::Union(_) => false,
        }
}

fn is_any_deprecated(fields: &Fields) -> bool {
    fields.iter().any(|field| is_deprecated(&field.attrs))
}

fn is_deprecated(attrs: &[Attribute]) -> bool {
    attrs.iter().any(|attr| !attr::is_doc(attr) && attr.path().is_ident("deprecated"))
}

/// Generates the modules of a client, `platform` and one for each domain, from the spec in a folder.
///
/// The folder is relative to the package. Every file of the spec is watched; a file that is added to the folder is
/// noticed when any other changes. What is wrong with the spec is said with its file, line and column.
///
/// ```text
/// mod client {
///     apiscribe_macros::generate_client!("../spec");
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
