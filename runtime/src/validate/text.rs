//! What is a string on the wire.

use std::borrow::Cow;
use std::rc::Rc;
use std::sync::Arc;

use zeroize::Zeroize;

use crate::secret::Secret;

/// A value that is a string on the wire: `String`, `&str`, `Cow<str>`, a newtype over one. Derive it for newtypes.
///
/// An `Option` is one too, and may be absent. The derive gives a newtype serde both ways, `From<&str>`, `From<String>`,
/// its rules, and, unless it is over a [`Secret`], `Display` and `AsRef<str>`:
///
/// ```
/// use apiscribe::{Secret, Validate, WireText};
///
/// #[derive(Debug, WireText)]
/// #[validate(required, bytes(max = 9))]
/// struct AppId(String);
///
/// let id = AppId::from("shop-été");
/// assert_eq!(id.to_string(), "shop-été");
/// assert_eq!(serde_json::to_string(&id).unwrap(), r#""shop-été""#);
/// assert_eq!(id.validate().unwrap_err().to_string(), "10 bytes, at most 9 allowed");
///
/// #[derive(Debug, WireText)]
/// struct Token(Secret<String>);
///
/// assert_eq!(format!("{:?}", Token::from("secret-1")), "Token(Secret(redacted))");
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not text",
    label = "this rule is for strings",
    note = "`pattern` and `url` go on `String`, `&str`, `Cow<str>`, `Secret<String>`, a newtype with \
            `#[derive(apiscribe::WireText)]`, or an `Option`, `Box`, `Rc` or `Arc` of one"
)]
pub trait WireText {
    /// The text, or `None` if the value is absent. A secret one also: log it nowhere.
    fn text(&self) -> Option<&str>;
}

impl WireText for str {
    #[inline]
    fn text(&self) -> Option<&str> {
        Some(self)
    }
}

impl WireText for String {
    #[inline]
    fn text(&self) -> Option<&str> {
        Some(self)
    }
}

impl WireText for Cow<'_, str> {
    #[inline]
    fn text(&self) -> Option<&str> {
        Some(self)
    }
}

macro_rules! pointer {
    ($($pointer:ty),*) => {$(
        impl<T: WireText + ?Sized> WireText for $pointer {
            #[inline]
            fn text(&self) -> Option<&str> {
                (**self).text()
            }
        }
    )*};
}

pointer!(&T, Box<T>, Rc<T>, Arc<T>);

impl<T: WireText> WireText for Option<T> {
    #[inline]
    fn text(&self) -> Option<&str> {
        self.as_ref()?.text()
    }
}

impl<T: WireText + Zeroize> WireText for Secret<T> {
    #[inline]
    fn text(&self) -> Option<&str> {
        self.expose().text()
    }
}
