//! Has every struct and union of a client read and written, so that a program keeps them: the model before in, the same out with
//! both directions.

use crate::ir::{Client, Place, Struct, Union};

pub(crate) fn keep(client: &mut Client) {
    for module in &mut client.modules {
        module.structs.iter_mut().filter(|item| is_object(item)).for_each(keep_struct);
        module.unions.iter_mut().for_each(keep_union);
    }
}

/// Whether its JSON is all of it. A request with fields in the path, the query or a header, or with files, would lose them.
fn is_object(item: &Struct) -> bool {
    let places = item.fields.iter().map(|field| field.place);
    places.fold(item.read || item.written, |is_object, place| {
        is_object && matches!(place, Place::Body | Place::Rest | Place::ResponseHeader)
    })
}

fn keep_struct(item: &mut Struct) {
    (item.kept, item.read) = (!item.written, true);
}

fn keep_union(item: &mut Union) {
    (item.kept, item.read) = (!item.written, true);
}
