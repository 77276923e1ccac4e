//! What the head of a body says of success and failure: by its codes, by a boolean, or by having no code.

use super::scan::Head;
use crate::code::{Code, RawCode};
use crate::meta::Envelope;

impl Head {
    /// Whether it says that a response with a 2xx is a success.
    pub(super) fn says_success(&self, envelope: &Envelope) -> bool {
        match envelope.success {
            None if envelope.goes_by_status() => true,
            success if self.refusal(success).is_some() => false,
            _ if envelope.ok.is_some() => self.ok == Some(true),
            _ if self.codes.iter().any(Option::is_some) => true,
            _ => envelope.success_without_code && !self.is_about_code,
        }
    }

    /// Whether it says so in words of its own, which hold under any status.
    pub(super) fn has_word_of_success(&self, envelope: &Envelope) -> bool {
        let has_word = self.ok == Some(true) || self.codes.iter().any(Option::is_some);
        has_word && !envelope.goes_by_status() && self.says_success(envelope)
    }

    /// The first code that does not mean success.
    pub(super) fn refusal(&self, success: Option<Code>) -> Option<&RawCode> {
        self.codes.iter().flatten().find(|code| success.is_none_or(|success| **code != success))
    }

    /// Where it says two things at once, as by a boolean that is true beside the code of an error.
    pub(super) fn contradiction(&self, envelope: &Envelope) -> Option<String> {
        let place = envelope.ok?;
        let refusal = self.refusal(envelope.success);
        let code = match (self.ok, refusal) {
            (Some(true), Some(code)) => code,
            (Some(false) | None, None) => self.codes.iter().flatten().next()?,
            (Some(true), None) | (Some(false) | None, Some(_)) => return None,
        };
        let of_code = envelope.code[self.place(code)?];
        let ok = self.ok.map_or("missing", |ok| if ok { "true" } else { "false" });
        Some(format!("`{place}` is {ok}, but `{of_code}` is `{code}`"))
    }

    /// The place of a code among the envelope's.
    pub(super) fn place(&self, code: &RawCode) -> Option<usize> {
        self.codes.iter().position(|own| own.as_ref() == Some(code))
    }
}
