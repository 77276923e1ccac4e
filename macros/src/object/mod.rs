//! What `Encode` and `Decode` read of a struct: an object with a key for each field.

mod attr;
mod check;

use proc_macro2::Span;
use syn::spanned::Spanned;
use syn::{DeriveInput, Generics, Ident, Result, Type};

use crate::errors::Errors;
use crate::variants::{is_named, option_of};

/// A struct that is an object on the wire.
pub(crate) struct Object<'a> {
    pub(crate) ident: &'a Ident,
    pub(crate) generics: &'a Generics,
    fields: Vec<Field<'a>>,
}

/// A field of it.
pub(crate) struct Field<'a> {
    pub(crate) ident: &'a Ident,
    pub(crate) ty: &'a Type,
    /// What it is called on the wire.
    pub(crate) key: String,
    attrs: attr::Attrs,
}

/// Lists and maps, which can be empty.
const COLLECTIONS: [&str; 7] =
    ["Vec", "BTreeMap", "HashMap", "VecDeque", "BTreeSet", "HashSet", "LinkedList"];

/// What is made of a field that is missing, `null`, or of another type.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reading {
    /// An error.
    Required,
    /// An error, if there is a value.
    Readable,
    /// `None`.
    Optional,
    /// Its `Default`.
    Defaulted,
}

impl<'a> Object<'a> {
    /// Reads the struct, for the derive of this name.
    pub(crate) fn from_syn(node: &'a DeriveInput, derive: &str) -> Result<Self> {
        let mut errors = Errors::default();
        let object = Object {
            ident: &node.ident,
            generics: &node.generics,
            fields: attr::read(node, derive, &mut errors),
        };
        check::check(&object, &mut errors);
        errors.finish().map(|()| object)
    }

    /// The fields that are keys of the object.
    pub(crate) fn in_object(&self) -> impl Iterator<Item = &Field<'a>> {
        self.fields.iter().filter(|field| field.attrs.skip.is_none())
    }

    /// The fields that are not, as those of a path.
    pub(crate) fn skipped(&self) -> impl Iterator<Item = &Field<'a>> {
        self.fields.iter().filter(|field| field.attrs.skip.is_some())
    }
}

impl Field<'_> {
    /// Left out of the object when it is `None`.
    pub(crate) fn is_optional(&self) -> bool {
        self.attrs.optional.is_some()
    }

    /// A number that may come as text.
    pub(crate) fn is_lenient(&self) -> bool {
        self.attrs.lenient.is_some()
    }

    /// How the field is read.
    pub(crate) fn reading(&self) -> Reading {
        let has_empty = || COLLECTIONS.iter().any(|name| is_named(self.ty, name));
        match (self.is_option(), self.attrs.essential.is_some()) {
            (true, false) => Reading::Optional,
            (true, true) => Reading::Readable,
            (false, false) if self.attrs.default.is_some() || has_empty() => Reading::Defaulted,
            (false, _) => Reading::Required,
        }
    }

    /// Where the compiler is to complain of a type that cannot be written or read.
    pub(crate) fn type_span(&self) -> Span {
        Span::call_site().located_at(self.ty.span())
    }

    /// Written as `Option<..>`; what a type's other names stand for, a macro cannot know.
    pub(crate) fn is_option(&self) -> bool {
        is_named(self.ty, "Option")
    }

    /// Written as `Option<Option<..>>`, which tells a key that is absent from one that is `null`.
    pub(crate) fn is_nullable(&self) -> bool {
        option_of(self.ty).is_some_and(|inner| is_named(inner, "Option"))
    }
}
