//! The errors that endpoints and JS APIs give.

use crate::model::{ErrorTable, ErrorUse, Errors};
use crate::names::js_stem;
use crate::spec::{self, File};

use super::Scope;

pub(super) fn error_tables(file: &File) -> Vec<ErrorTable<'_>> {
    let tables = file.errors.iter().map(|(name, spec)| {
        let enum_name = error_name(&name.value);
        ErrorTable { name, spec, enum_name }
    });
    tables.collect()
}

impl<'a> Scope<'_, 'a> {
    /// `label`: what the item is called in Rust before its case is changed.
    pub(super) fn resolve_errors(
        &mut self,
        label: &str,
        errors: &'a [spec::ErrorUse],
    ) -> Errors<'a> {
        let uses: Vec<ErrorUse<'a>> = errors
            .iter()
            .map(|spec| {
                let table = self.names.require_errors(self.diagnostics, self.domain, &spec.table);
                ErrorUse { spec, table }
            })
            .collect();
        let enum_name = match uses.as_slice() {
            [] => None,
            [only] if only.spec.only.is_empty() => {
                only.table.ok().map(|table| (table.domain, error_name(&table.name.value)))
            }
            _ => Some((self.domain, error_name(label))),
        };
        Errors { uses, enum_name }
    }
}

fn error_name(name: &str) -> String {
    js_stem(name) + "Error"
}
