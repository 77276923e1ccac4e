//! What the docs say of an item.

use crate::ir;
use crate::source::{Located, Text};
use crate::spec::{Conflict, Provenance};

pub(super) fn lower_provenance(provenance: &Provenance) -> ir::Doc {
    let Provenance { doc, source, conflicts, unknown, lost, notes } = provenance;
    ir::Doc {
        text: doc.as_ref().map(|doc| doc.value.clone()),
        sources: strings(source),
        conflicts: conflicts.iter().map(lower_conflict).collect(),
        unknown: unknown.iter().map(|gap| gap.value).collect(),
        lost: lost
            .iter()
            .map(|lost| ir::Lost {
                cell: lost.cell.value,
                filled_from: lost.filled_from.as_ref().map(|from| from.value.clone()),
            })
            .collect(),
        notes: notes
            .iter()
            .map(|note| ir::Note { text: note.text.value.clone(), sources: strings(&note.source) })
            .collect(),
    }
}

pub(super) fn lower_text(doc: Option<&Text>) -> ir::Doc {
    ir::Doc { text: doc.map(|doc| doc.value.clone()), ..ir::Doc::default() }
}

fn lower_conflict(conflict: &Conflict) -> ir::Conflict {
    ir::Conflict {
        about: conflict.about.value.clone(),
        readings: conflict
            .readings
            .iter()
            .map(|reading| ir::Reading {
                says: reading.says.value.clone(),
                source: reading.source.value.clone(),
            })
            .collect(),
        follow: conflict.follow.value.clone(),
        why: conflict.why.value.clone(),
    }
}

pub(super) fn strings(texts: &[Located<String>]) -> Vec<String> {
    texts.iter().map(|text| text.value.clone()).collect()
}
