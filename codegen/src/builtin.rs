//! The types that the format knows by itself.

/// A type that no spec defines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Builtin {
    String,
    Bool,
    Int,
    Fen,
    Diamonds,
    Yuan,
    Amount,
    UnixMillis,
    UnixSeconds,
    Millis,
    Seconds,
    Json,
    File,
    Function,
    Object,
    List,
    Map,
    JsonText,
}

const NAMES: &[(&str, Builtin)] = &[
    ("string", Builtin::String),
    ("bool", Builtin::Bool),
    ("int", Builtin::Int),
    ("fen", Builtin::Fen),
    ("diamonds", Builtin::Diamonds),
    ("yuan", Builtin::Yuan),
    ("amount", Builtin::Amount),
    ("unix_ms", Builtin::UnixMillis),
    ("unix_s", Builtin::UnixSeconds),
    ("ms", Builtin::Millis),
    ("s", Builtin::Seconds),
    ("json", Builtin::Json),
    ("file", Builtin::File),
    ("function", Builtin::Function),
    ("object", Builtin::Object),
    ("list", Builtin::List),
    ("map", Builtin::Map),
    ("json_text", Builtin::JsonText),
];

impl Builtin {
    pub(crate) fn parse(name: &str) -> Option<Builtin> {
        NAMES.iter().find(|(known, _)| *known == name).map(|(_, builtin)| *builtin)
    }

    pub(crate) fn names() -> impl Iterator<Item = &'static str> {
        NAMES.iter().map(|(name, _)| *name)
    }

    /// A whole number on the wire.
    pub(crate) fn is_number(self) -> bool {
        use Builtin::*;
        matches!(
            self,
            Int | Fen | Diamonds | Yuan | Amount | UnixMillis | UnixSeconds | Millis | Seconds
        )
    }

    /// One value that can be written as plain text.
    pub(crate) fn is_single(self) -> bool {
        self.is_number() || matches!(self, Builtin::String | Builtin::Bool)
    }

    /// Whether it is made of other shapes, by `of`.
    pub(crate) fn has_element(self) -> bool {
        matches!(self, Builtin::List | Builtin::Map | Builtin::JsonText)
    }
}
