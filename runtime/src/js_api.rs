//! A call to a function of the platform's JavaScript interface, made on the server: its options as JSON, and what the
//! user's device must support.
//!
//! [`JsApi`] is derived. [`Requirement`]s say what a page has to ask the device for; [`SignedJsApi`] is what `AppKey` signs.

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::error_code::ErrorCode;
use crate::json;
use crate::json_text::JsonText;
use crate::scheme::Scheme;
use crate::validate::{Settings, Validate, Violations};
pub use crate::version::Version;
use crate::wire::WireEnum;

/// The options of one JS API. The derive of the same name implements it.
pub trait JsApi: Serialize + Validate {
    /// What the function's `success` is given; `()` if none is documented.
    type Success: DeserializeOwned;

    /// What the function's `fail` is given; `()` if none is documented.
    type Fail: DeserializeOwned;

    /// The function's documented errors.
    type Error: ErrorCode;

    /// As `shop.pay`.
    const NAME: &'static str;

    /// How the platform names what a device may support.
    const SUPPORT: SupportPaths = SupportPaths::DOTTED;

    /// The base library that brought the function.
    const SINCE: Option<Version> = None;

    /// How many calls may be in flight at a time; `None` if the documents do not say.
    const CONCURRENCY: Option<u32> = None;

    /// Adds the fields that are given and need a newer base library than the function does. For derived code.
    #[doc(hidden)]
    fn require(&self, _: &mut Requirements) {}

    /// What the user's base library must support for this very call: the function, then each field and value that
    /// is given and came later. The paths are what a page asks the platform about.
    fn requirements(&self) -> Vec<Requirement> {
        let mut requirements = Requirements::new(Self::NAME, Self::SUPPORT, Self::SINCE);
        self.require(&mut requirements);
        requirements.found
    }

    /// The options as JSON, for a page to pass on to the function.
    ///
    /// # Errors
    ///
    /// Every violation of a documented rule.
    ///
    /// # Panics
    ///
    /// If a `Serialize` written by hand fails.
    fn to_json(&self, settings: &Settings) -> Result<String, Violations> {
        self.validate_with(settings)?;
        Ok(json::to_string(self).expect("options are objects with text for keys"))
    }
}

/// Options that the developer signs, so that the platform believes what the page hands to it. The derive of [`JsApi`]
/// implements it.
///
/// The authorization is made of [`SignedJsApi::signed_text`] and of [`SignedJsApi::SIGNATURE`], and put in by
/// [`SignedJsApi::set_authorization`]. Until then it is empty, which [`JsApi::to_json`] refuses.
pub trait SignedJsApi: JsApi {
    /// What goes into the signature besides the text.
    const SIGNATURE: OptionsSignature;

    /// The text that is signed: that of the option as [`JsApi::to_json`] writes it. A change of the option afterwards
    /// makes the signature wrong.
    ///
    /// # Errors
    ///
    /// If a `Serialize` written by hand fails.
    fn signed_text(&self) -> Result<String, serde_json::Error>;

    /// Puts the authorization into its option.
    fn set_authorization(&mut self, authorization: String);
}

/// How the options of a JS API are signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OptionsSignature {
    /// How the authorization is made.
    pub scheme: &'static Scheme,
    /// The HTTP method in the text that is signed, as `POST`.
    pub method: &'static str,
    /// The path in the text that is signed, as `/requestOrder`.
    pub uri: &'static str,
    /// Whether the values in the authorization are in quotes.
    pub quotes: bool,
}

/// The very text that an option is written as. For derived code.
#[doc(hidden)]
pub fn signed_text<T: Serialize>(option: &JsonText<T>) -> Result<String, serde_json::Error> {
    json::to_string(&option.0).map_err(serde_json::Error::from)
}

/// How a platform names what a user's device may support, where a page asks for it: templates, in which `{name}` is the
/// function's name, `{function}` that behind its first dot, `{option}` and `{value}` what they say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SupportPaths {
    /// The function itself, as `{function}`.
    pub function: &'static str,
    /// An option, as `{function}.{option}`.
    pub option: &'static str,
    /// A value of an option, as `{function}.{option}.{value}`.
    pub value: &'static str,
}

impl SupportPaths {
    /// Names with dots between them: of a platform that says no more.
    pub const DOTTED: Self = Self {
        function: "{function}",
        option: "{function}.{option}",
        value: "{function}.{option}.{value}",
    };
}

/// What a call needs of the user's base library.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Requirement {
    /// What a page asks the platform about, as `pay.goodType`.
    pub path: String,
    /// The base library that brought it.
    pub since: Version,
}

/// Collects what is needed. Derived code fills it.
#[doc(hidden)]
#[derive(Debug)]
pub struct Requirements {
    name: &'static str,
    paths: SupportPaths,
    floor: Option<Version>,
    found: Vec<Requirement>,
}

impl Requirements {
    fn new(name: &'static str, paths: SupportPaths, since: Option<Version>) -> Self {
        let mut requirements = Self { name, paths, floor: None, found: Vec::new() };
        if let Some(since) = since {
            requirements.add(paths.function, ["", ""], since);
        }
        requirements.floor = since;
        requirements
    }

    /// A field that is there in later versions only.
    pub fn field(&mut self, name: &str, since: Version, given: bool) {
        if given {
            self.add(self.paths.option, [name, ""], since);
        }
    }

    /// A value that is there in later versions only.
    pub fn value(&mut self, name: &str, since: Option<(String, Version)>) {
        if let Some((value, since)) = since {
            self.add(self.paths.value, [name, &value], since);
        }
    }

    fn add(&mut self, template: &str, [option, value]: [&str; 2], since: Version) {
        // What the function itself needs is said already.
        if self.floor < Some(since) {
            let function = self.name.split_once('.').map_or(self.name, |(_, function)| function);
            let parts = [("{name}", self.name), ("{function}", function), ("{option}", option)];
            let path = filled(template, &[parts.as_slice(), &[("{value}", value)]].concat());
            self.found.push(Requirement { path, since });
        }
    }
}

/// A template with its parts put in, each once.
fn filled(template: &str, parts: &[(&str, &str)]) -> String {
    let mut path = String::new();
    let mut rest = template;
    while let Some(at) = rest.find('{') {
        path.push_str(&rest[..at]);
        rest = &rest[at..];
        let part = parts.iter().find(|(name, _)| rest.starts_with(name));
        let (taken, text) = part.map_or((1, "{"), |(name, text)| (name.len(), text));
        path.push_str(text);
        rest = &rest[taken..];
    }
    path + rest
}

/// A field of which derived code cannot know whether it is an enum. Of the two methods `since` the compiler takes that
/// of [`EnumProbe`] where it can, because that of [`AnyProbe`] needs one reference more.
#[doc(hidden)]
#[derive(Debug)]
pub struct Probe<'a, T>(pub &'a T);

/// Of an enum of the wire.
#[doc(hidden)]
pub trait EnumProbe {
    /// The value on the wire, and what brought it.
    fn since(&self) -> Option<(String, Version)>;
}

impl<T: WireEnum> EnumProbe for Probe<'_, T> {
    fn since(&self) -> Option<(String, Version)> {
        Some((self.0.value().to_string(), self.0.since()?))
    }
}

impl<T: WireEnum> EnumProbe for Probe<'_, Option<T>> {
    fn since(&self) -> Option<(String, Version)> {
        Probe(self.0.as_ref()?).since()
    }
}

/// Of anything else.
#[doc(hidden)]
pub trait AnyProbe {
    /// Nothing.
    fn since(&self) -> Option<(String, Version)> {
        None
    }
}

impl<T> AnyProbe for &Probe<'_, T> {}
