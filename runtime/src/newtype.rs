//! Whole numbers with a unit, each a type of its own.

/// Makes newtypes over `i64`: lenient when read, a number when written, displayed with their unit.
macro_rules! newtype {
    ($($(#[$doc:meta])* $name:ident $unit:literal)*) => {$(
        $(#[$doc])*
        ///
        /// On the wire a number; read from a number or text. Displayed with its unit.
        #[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub i64);

        impl ::std::fmt::Display for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                ::std::write!(f, ::std::concat!("{} ", $unit), self.0)
            }
        }

        impl ::serde::Serialize for $name {
            fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_i64(self.0)
            }
        }

        impl<'de> ::serde::Deserialize<'de> for $name {
            fn deserialize<D: ::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> Result<Self, D::Error> {
                crate::lenient::lenient(deserializer).map(Self)
            }
        }
    )*};
}

pub(crate) use newtype;
