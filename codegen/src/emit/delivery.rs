//! When a platform calls again: constants of a callback, and sentences.

use proc_macro2::TokenStream;
use quote::quote;

use super::doc::{escape, sentence};
use super::literal::{emit_int, emit_optional_int};
use crate::ir::{AfterLast, Delivery, Undelivered, Until};

pub(super) fn emit_delivery(delivery: &Delivery) -> TokenStream {
    let retry_after = delivery.retry_after.iter().copied().map(emit_int);
    let repeats_until = delivery.repeats_until.map(emit_until).into_iter();
    let attempts = emit_optional_int(delivery.attempts);
    let undelivered = delivery.undelivered.iter().map(|last| emit_undelivered(last.outcome));
    quote! {
        const RETRY_AFTER: &'static [u64] = &[#(#retry_after),*];
        #(const REPEATS_UNTIL: ::core::option::Option<u64> = ::core::option::Option::Some(#repeats_until);)*
        const ATTEMPTS: ::core::option::Option<u32> = #attempts;
        #(const UNDELIVERED: ::core::option::Option<::apiscribe::callback::Undelivered> =
            ::core::option::Option::Some(::apiscribe::callback::Undelivered::#undelivered);)*
    }
}

fn emit_until(until: Until) -> TokenStream {
    match until {
        Until::Seconds(seconds) => emit_int(seconds),
        Until::Acknowledged => quote!(u64::MAX),
    }
}

fn emit_undelivered(outcome: Undelivered) -> TokenStream {
    match outcome {
        Undelivered::Lost => quote!(Lost),
        Undelivered::Approved => quote!(Approved),
        Undelivered::Refused => quote!(Refused),
    }
}

/// How long the platform goes on, and what it does then.
pub(super) fn describe_delivery(delivery: &Delivery) -> Vec<String> {
    let repeated = delivery.repeats_until.map(|until| match until {
        Until::Seconds(seconds) => {
            format!("While it is not acknowledged, its last pause repeats for {seconds} s from the first call on.")
        }
        Until::Acknowledged => {
            "Its last pause repeats until it is acknowledged, without end.".to_owned()
        }
    });
    let last = delivery.undelivered.iter().flat_map(describe_last);
    repeated.into_iter().chain(last).collect()
}

fn describe_last(last: &AfterLast) -> Vec<String> {
    let outcome = match last.outcome {
        Undelivered::Lost => "If it is never acknowledged, it is lost.",
        Undelivered::Approved => {
            "If it is never acknowledged, what it asks for counts as approved."
        }
        Undelivered::Refused => "If it is never acknowledged, what it asks for counts as refused.",
    };
    let sources = match last.sources.is_empty() {
        true => String::new(),
        false => format!(" ({})", escape(&last.sources.join("; "))),
    };
    let text = last.text.as_deref().map(|text| sentence(escape(text)) + &sources);
    [Some(outcome.to_owned()), text].into_iter().flatten().collect()
}
