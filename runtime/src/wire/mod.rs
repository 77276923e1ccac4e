//! JSON objects and enums, each way: what the derives `Encode`, `Decode` and `WireEnum` call, and the types that stand for
//! what JSON has no type for or documents do not know.
//!
//! Derived code is a list of fields or values; all that can be shared between types is here, and generic only in what
//! serde demands, because every generic line is compiled again for every type.

mod encode;
mod decode;
mod constant;
mod value;
mod response;
mod union;
mod any_json;
mod kinded;

#[doc(hidden)]
pub use self::constant::Constant;
#[doc(hidden)]
pub use self::decode::{
    Nullable, NullableLenient, Optional, OptionalLenient, Reader, Record, Remainder, Required,
    RequiredLenient, Rest, decode,
};
#[doc(hidden)]
pub use self::encode::Writer;
pub use self::kinded::Kinded;
#[doc(hidden)]
pub use self::response::{Headers, ResponseData, decode_by_status, decode_with_headers};
pub use self::response::{Responses, UnknownResponse};
pub use self::union::UnknownVariant;
#[doc(hidden)]
pub use self::union::{Content, Union, decode_union, write_flat, write_keyed, write_tag};
#[doc(hidden)]
pub use self::value::find;
pub use self::value::{DocumentedValue, EnumValue, WireEnum};
pub use crate::json_text::JsonText;
pub use crate::lenient::{Lenient, lenient};
