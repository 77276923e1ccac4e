//! What a derive has the compiler write: a macro by example is expanded sooner than a derive makes as many tokens.

/// The other impls of an enum, each by its value. `WireEnum` calls it: the compiler writes them sooner than a derive does.
#[doc(hidden)]
#[macro_export]
macro_rules! __wire_enum {
    ($name:ident, $value:ty) => {
        #[automatically_derived]
        impl $crate::serde::Serialize for $name {
            fn serialize<S: $crate::serde::Serializer>(
                &self,
                serializer: S,
            ) -> ::core::result::Result<S::Ok, S::Error> {
                $crate::serde::Serialize::serialize($crate::wire::WireEnum::value(self), serializer)
            }
        }
        #[automatically_derived]
        impl<'de> $crate::serde::Deserialize<'de> for $name {
            fn deserialize<D: $crate::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::core::result::Result<Self, D::Error> {
                <$value as $crate::wire::EnumValue>::decode(deserializer)
            }
        }
        #[automatically_derived]
        impl ::core::fmt::Display for $name {
            #[inline]
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                ::core::fmt::Display::fmt($crate::wire::WireEnum::value(self), f)
            }
        }
        #[automatically_derived]
        impl ::core::str::FromStr for $name {
            type Err = <$value as $crate::wire::EnumValue>::Fault;
            #[inline]
            fn from_str(
                text: &::core::primitive::str,
            ) -> ::core::result::Result<Self, <$value as $crate::wire::EnumValue>::Fault> {
                <$value as $crate::wire::EnumValue>::parse(text)
            }
        }
        #[automatically_derived]
        impl $crate::validate::field::Present for $name {
            #[inline]
            fn is_present(&self) -> ::core::primitive::bool {
                $crate::validate::field::Present::is_present($crate::wire::WireEnum::value(self))
            }
        }
        #[automatically_derived]
        impl $crate::validate::field::WireValue<$value> for $name {
            #[inline]
            fn equals(&self, literal: &$value) -> ::core::primitive::bool {
                $crate::wire::WireEnum::value(self) == literal
            }
        }
    };
}

/// That a struct without parameters is read as a record. `Decode` calls it.
#[doc(hidden)]
#[macro_export]
macro_rules! __decode {
    ($name:ident) => {
        #[automatically_derived]
        impl<'de> $crate::serde::Deserialize<'de> for $name {
            fn deserialize<D: $crate::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::core::result::Result<Self, D::Error> {
                $crate::wire::decode(deserializer)
            }
        }
    };
}
