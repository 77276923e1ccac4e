//! Texts → `spec`. Refuses what is not of the format's shape; what it means is not looked at here.

use crate::diagnostic::Diagnostics;
use crate::record::Read;
use crate::source::{FileId, Sources};
use crate::spec::File;
use crate::yaml;

pub(crate) fn parse(diagnostics: &mut Diagnostics, sources: &Sources) -> Vec<File> {
    sources.ids().filter_map(|file| parse_file(diagnostics, sources, file)).collect()
}

fn parse_file(diagnostics: &mut Diagnostics, sources: &Sources, file: FileId) -> Option<File> {
    if let Some((span, defect)) = sources.defect(file) {
        diagnostics.error(span, defect.code, &defect.message).help(defect.help);
        diagnostics.leave_file_unread(span);
        return None;
    }
    let node = yaml::read(diagnostics, sources, file)?;
    let read = File::read(diagnostics, &node);
    if read.is_none() {
        diagnostics.leave_file_unread(node.span);
    }
    read
}
