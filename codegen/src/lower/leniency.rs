//! Which fields may be missing when they are read, although the documents say that they are always there.

use crate::ir::{Field, Module, Presence, Rule, Struct, Type};

/// Of each struct that is read, only what is essential must be there. Lists and maps are empty without more ado.
pub(super) fn excuse_missing(modules: &mut [Module]) {
    let structs = modules.iter_mut().flat_map(|module| &mut module.structs);
    for item in structs.filter(|item| item.read) {
        let Struct { fields, written, .. } = item;
        for field in fields.iter_mut().filter(|field| is_excused(field)) {
            excuse(field, *written);
        }
    }
}

fn is_excused(field: &Field) -> bool {
    let can_be_empty = matches!(field.ty, Type::List(_) | Type::Map(_));
    field.presence == Presence::Required && !field.essential && !can_be_empty
}

/// Whoever writes the struct must give the field all the same.
fn excuse(field: &mut Field, is_written: bool) {
    field.presence = Presence::Expected;
    if is_written && !field.rules.contains(&Rule::Required) {
        field.rules.insert(0, Rule::Required);
    }
}
