//! What errors say besides code and text can always be read, whatever is missing from it.

use crate::diagnostic::Diagnostics;
use crate::model::Model;
use crate::source::is_set;

pub(super) fn check(diagnostics: &mut Diagnostics, model: &Model<'_>) {
    for details in &model.details {
        let Ok(object) = details.object else { continue };
        let (ty, place) = (&details.spec.ty, diagnostics.place(details.spec.ty.span));
        for field in model[object].fields.iter().map(|field| field.spec) {
            if let Some(essential) = field.essential.as_ref().filter(|_| is_set(&field.essential)) {
                let message = format_args!(
                    "`{}` is essential, and `{ty}` is what an error says besides its code",
                    field.name
                );
                diagnostics.error(essential.span, "bad-envelope", message).help(format_args!(
                    "remove `essential`: an error without the field is one all the same; it is named at {place}"
                ));
            }
        }
    }
}
