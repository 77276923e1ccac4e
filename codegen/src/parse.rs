//! Texts → `spec`. Refuses what is not of the format's shape; what it means is not looked at here.

use crate::diagnostic::Diagnostics;
use crate::record::Read;
use crate::source::Sources;
use crate::spec::File;
use crate::yaml;

pub(crate) fn parse(diagnostics: &mut Diagnostics, sources: &Sources) -> Vec<File> {
    let files = sources.ids().filter_map(|file| {
        let node = yaml::read(diagnostics, sources, file)?;
        let read = File::read(diagnostics, &node);
        if read.is_none() {
            diagnostics.leave_file_unread(node.span);
        }
        read
    });
    files.collect()
}
