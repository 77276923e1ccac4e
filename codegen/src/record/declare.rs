//! The macros that declare what a spec is made of.

/// Declares a mapping: `name: Type` for a key, `name "key": Type` where the key is no Rust name, `..name: Type` for
/// a record whose keys stand in the same mapping.
macro_rules! record {
    (
        $(#[doc = $doc:literal])*
        pub(crate) struct $name:ident {
            $($(#[doc = $field_doc:literal])* $field:ident $($key:literal)?: $ty:ty,)*
            $(..$flat:ident: $flat_ty:ty,)*
        }
    ) => {
        $(#[doc = $doc])*
        #[derive(Debug, Clone)]
        pub(crate) struct $name {
            $($(#[doc = $field_doc])* pub(crate) $field: $ty,)*
            $(pub(crate) $flat: $flat_ty,)*
        }

        impl crate::record::Record for $name {
            fn keys() -> Vec<crate::record::Key> {
                #[allow(unused_mut, reason = "not every record holds another's keys")]
                let mut keys = vec![$(crate::record::Key {
                    name: crate::record::key!($field $($key)?),
                    doc: concat!($($field_doc),*).trim_ascii(),
                    optional: <$ty as crate::record::Read>::OPTIONAL,
                    schema: <$ty as crate::record::Read>::schema,
                }),*];
                $(keys.extend(<$flat_ty as crate::record::Record>::keys());)*
                keys
            }

            fn has_key(name: &str) -> bool {
                [$(crate::record::key!($field $($key)?)),*].contains(&name)
                    $(|| <$flat_ty as crate::record::Record>::has_key(name))*
            }

            fn read_fields(
                diagnostics: &mut crate::diagnostic::Diagnostics,
                fields: &crate::record::Fields<'_>,
            ) -> Option<Self> {
                // All are read before any is missed, so that every fault is reported.
                $(let $field = fields.take::<$ty>(diagnostics, crate::record::key!($field $($key)?));)*
                $(let $flat = <$flat_ty as crate::record::Record>::read_fields(diagnostics, fields);)*
                Some($name { $($field: $field?,)* $($flat: $flat?,)* })
            }
        }

        impl crate::record::Read for $name {
            fn read(
                diagnostics: &mut crate::diagnostic::Diagnostics,
                node: &crate::yaml::Node,
            ) -> Option<Self> {
                crate::record::read_record(diagnostics, node)
            }

            fn schema(
                definitions: &mut serde_json::Map<String, serde_json::Value>,
            ) -> serde_json::Value {
                let doc = concat!($($doc),*).trim_ascii();
                crate::record::record_schema::<$name>(definitions, stringify!($name), doc)
            }
        }
    };
}

macro_rules! key {
    ($field:ident) => {
        stringify!($field)
    };
    ($field:ident $key:literal) => {
        $key
    };
}

/// Declares a closed set of words.
macro_rules! words {
    (
        $(#[doc = $doc:literal])*
        $vis:vis enum $name:ident {
            $($(#[doc = $word_doc:literal])* $variant:ident = $word:literal,)*
        }
    ) => {
        $(#[doc = $doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
        $vis enum $name {
            $($(#[doc = $word_doc])* #[serde(rename = $word)] $variant,)*
        }

        impl crate::record::Read for $name {
            fn read(
                diagnostics: &mut crate::diagnostic::Diagnostics,
                node: &crate::yaml::Node,
            ) -> Option<Self> {
                crate::record::read_word(diagnostics, node, &[$(($word, $name::$variant)),*])
            }

            fn schema(
                definitions: &mut serde_json::Map<String, serde_json::Value>,
            ) -> serde_json::Value {
                let schema = serde_json::json!({
                    "description": concat!($($doc),*).trim_ascii(),
                    "oneOf": [$({
                        "const": $word,
                        "description": concat!($($word_doc),*).trim_ascii(),
                    }),*],
                });
                crate::record::define(definitions, stringify!($name), schema)
            }
        }

        impl $name {
            /// The word in the spec.
            #[allow(dead_code, reason = "not every set of words is printed")]
            pub(crate) fn word(self) -> &'static str {
                match self {
                    $($name::$variant => $word,)*
                }
            }
        }
    };
}

pub(crate) use {key, record, words};
