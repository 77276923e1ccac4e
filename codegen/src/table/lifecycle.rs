//! What a call is, and what becomes of it.

use crate::ir::{Deprecated, Lifecycle, Stage};

use super::{code, escape, write_path};

/// The title, and in brackets what a reader should know before using it.
pub(super) fn what(title: &str, deprecated: &Option<Deprecated>, lifecycle: &Lifecycle) -> String {
    let Lifecycle { available, restricted, closed_to_new_apps, closing } = lifecycle;
    let facts = [
        deprecated.as_ref().map(write_deprecated),
        available.as_ref().map(|stage| write_stage("available", "from", stage)),
        restricted.as_ref().map(|only| format!("only for {}", escape(&only.to.join(", ")))),
        closed_to_new_apps.as_ref().map(|stage| write_stage("closed to new apps", "since", stage)),
        closing.as_ref().map(|stage| write_stage("closing", "on", stage)),
    ];
    let facts: Vec<String> = facts.into_iter().flatten().collect();
    match facts.is_empty() {
        true => escape(title),
        false => format!("{} ({})", escape(title), facts.join("; ")).trim_start().to_owned(),
    }
}

fn write_deprecated(deprecated: &Deprecated) -> String {
    match &deprecated.instead {
        Some(path) => format!("deprecated: use {}", code(&write_path(path))),
        None => "deprecated".to_owned(),
    }
}

fn write_stage(what: &str, preposition: &str, stage: &Stage) -> String {
    match &stage.day {
        Some(day) => format!("{what} {preposition} {day}"),
        None => what.to_owned(),
    }
}
