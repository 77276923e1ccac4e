//! The closed sets of words that the format and the client share.

mod delivery;
mod schemes;
mod wait;

use crate::record::words;

pub use self::delivery::Undelivered;
pub use self::schemes::{Algorithm, CipherAlgorithm, Encoding, JoinedForm, JoinedValue};
pub use self::wait::WaitUnit;

words! {
    /// How far a source is to be believed.
    pub enum Trust {
        /// A page of the platform, read in full.
        Official = "official",
        /// A page of the platform of which some cells or sections are lost.
        Damaged = "damaged",
        /// Code or data that the platform itself publishes.
        OfficialCode = "official_code",
        /// A third party's copy of an official page.
        Copy = "copy",
        /// A third party's code or notes.
        ThirdParty = "third_party",
    }
}

words! {
    /// A kind of fact that may be unknown or lost.
    pub enum Gap {
        /// The description.
        Doc = "doc",
        /// The type on the wire.
        Type = "type",
        /// Whether it must be given.
        Required = "required",
        /// The limit of length, and its unit.
        Length = "length",
        /// The range of a number.
        Range = "range",
        /// The unit of a number.
        Unit = "unit",
        /// The list of values.
        Values = "values",
        /// The list of fields.
        Fields = "fields",
        /// The list of error codes.
        Errors = "errors",
        /// What an error means.
        Meaning = "meaning",
        /// What to do about an error.
        Advice = "advice",
        /// Whether to send again.
        Retry = "retry",
        /// The HTTP status.
        Http = "http",
        /// The message on the wire.
        Message = "message",
        /// The lowest platform version.
        Since = "since",
        /// The default.
        Default = "default",
        /// A part of a rule.
        Rule = "rule",
    }
}

words! {
    /// What the values of an enum are on the wire.
    pub enum EnumKind {
        /// Text.
        String = "string",
        /// Whole numbers.
        Int = "int",
    }
}

words! {
    /// What tells one row of an error table from another.
    pub enum ErrorKey {
        /// One number.
        Code = "code",
        /// A pair of numbers: a code and a second one.
        Pair = "pair",
    }
}

words! {
    /// Whether sending again can help.
    pub enum Retry {
        /// No.
        Never = "never",
        /// Yes, the same request.
        Same = "same",
        /// Only after the request, or what it is about, has changed.
        Changed = "changed",
    }
}

words! {
    /// An HTTP method.
    pub enum Method {
        /// Reads; its fields go into the query.
        Get = "GET",
        /// As GET, of which only the headers are sent back.
        Head = "HEAD",
        /// Writes; its fields go into the body.
        Post = "POST",
        /// Replaces something as a whole; its fields go into the body.
        Put = "PUT",
        /// Changes the parts that its body names.
        Patch = "PATCH",
        /// Deletes; it has a body if it has fields for one.
        Delete = "DELETE",
    }
}

impl Method {
    /// Whether its requests may have a body.
    pub(crate) fn has_body(self) -> bool {
        !matches!(self, Method::Get | Method::Head)
    }
}

words! {
    /// How the fields of a body are written.
    pub enum BodyKind {
        /// One JSON object.
        Json = "json",
        /// `application/x-www-form-urlencoded`.
        Form = "form",
        /// `multipart/form-data`, which may have files.
        Multipart = "multipart",
        /// Plain text: the field whose `in` is `whole_body`.
        Text = "text",
        /// The file whose `in` is `whole_body`.
        Binary = "binary",
        /// No body, and no media type.
        None = "none",
    }
}

words! {
    /// How a list is written where there are only pairs of a name and a text.
    pub enum Lists {
        /// `a=1&a=2`.
        Repeated = "repeated",
        /// `a[]=1&a[]=2`.
        Brackets = "brackets",
        /// `a[0]=1&a[1]=2`.
        Indices = "indices",
        /// `a=1,2`; an item with a comma is refused.
        Commas = "commas",
    }
}

words! {
    /// How an object is written where there are only pairs of a name and a text.
    pub enum Objects {
        /// `a={"b":1}`.
        Json = "json",
        /// `a[b]=1`; objects in a list are numbered, `a[0][b]=1`.
        Brackets = "brackets",
    }
}

words! {
    /// Which calls are counted.
    pub enum Counts {
        /// Every call.
        All = "all",
        /// Those that succeed.
        Successes = "successes",
    }
}

words! {
    /// How what has too many decimals is brought to fewer.
    pub enum Rounding {
        /// Towards zero.
        Down = "down",
        /// Away from zero.
        Up = "up",
        /// To the nearest; a half goes away from zero.
        HalfUp = "half_up",
        /// To the nearest; a half goes to the even one.
        HalfEven = "half_even",
    }
}
