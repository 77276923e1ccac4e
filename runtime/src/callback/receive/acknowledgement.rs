//! What a handler says in, the body that the platform is answered with out.

use super::ReceiveError;
use crate::callback::{Callback, CallbackMeta, Events};
use crate::validate::{Settings, Violations};

/// That an event has been handled: the platform need not call again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Acknowledgement(Kind);

#[derive(Debug, Clone, PartialEq, Eq)]
enum Kind {
    Plain,
    Answer { event: &'static str, body: Vec<u8> },
}

impl Acknowledgement {
    /// For an event that asks for nothing more. For one that asks for an answer it is refused: the call fails, and the
    /// platform calls again.
    pub const fn plain() -> Self {
        Self(Kind::Plain)
    }

    /// With the answer that the event `C` asks for.
    ///
    /// # Errors
    ///
    /// Every violation of a documented rule. Where a rule needs a [`Setting`](crate::Setting), call
    /// [`Acknowledgement::with_settings`].
    pub fn with<C: Callback>(answer: &C::Answer) -> Result<Self, Violations> {
        Self::with_settings::<C>(answer, &Settings::new())
    }

    /// As [`Acknowledgement::with`]; rules that need a [`Setting`](crate::Setting) take it from `settings`.
    ///
    /// # Errors
    ///
    /// Every violation of a documented rule.
    pub fn with_settings<C: Callback>(
        answer: &C::Answer,
        settings: &Settings,
    ) -> Result<Self, Violations> {
        let body = C::acknowledge_with(answer, settings)?;
        Ok(Self(Kind::Answer { event: C::EVENT, body }))
    }

    /// The body, if it is what the event asks for.
    pub(super) fn into_body(self, due: &Due) -> Result<Vec<u8>, ReceiveError> {
        match (self.0, due.meta) {
            (Kind::Plain, None) => Ok(UNKNOWN.to_vec()),
            (Kind::Plain, Some(meta)) if !meta.answers => Ok(meta.acknowledgement.into()),
            (Kind::Plain, Some(meta)) => Err(ReceiveError::NoAnswer { event: meta.event }),
            (Kind::Answer { event, body }, Some(meta)) if event == meta.event => Ok(body),
            (Kind::Answer { event, .. }, _) => {
                Err(ReceiveError::OtherAnswer { event: due.event.clone(), answer: event })
            }
        }
    }
}

/// What all documented events are acknowledged with, for one that is not documented.
///
/// Source: <https://developer.open-douyin.com/docs/resource/zh-CN/mini-app/develop/server/payment/trade-system/general/refund/refund-notify>.
const UNKNOWN: &[u8] = br#"{"err_no":0,"err_tips":"success"}"#;

/// What an event asks for.
pub(super) struct Due {
    event: String,
    meta: Option<CallbackMeta>,
}

impl Due {
    pub(super) fn of<E: Events>(event: &E) -> Self {
        Self { event: event.name().to_owned(), meta: event.meta() }
    }
}
