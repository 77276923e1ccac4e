//! However the bytes come, and whatever they are.

use std::io::{self, Read};

use douyin_reconciliation::Mapping;
use encoding_rs::GBK;
use proptest::prelude::*;

use super::files::*;

/// Gives the bytes in pieces of these lengths, over and over.
struct Pieces<'a> {
    bytes: &'a [u8],
    lengths: std::iter::Cycle<std::slice::Iter<'a, usize>>,
}

impl Read for Pieces<'_> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let length = *self.lengths.next().unwrap();
        let (now, later) = self.bytes.split_at(length.min(self.bytes.len()).min(out.len()));
        out[..now.len()].copy_from_slice(now);
        self.bytes = later;
        Ok(now.len())
    }
}

fn pieces<'a>(bytes: &'a [u8], lengths: &'a [usize]) -> Pieces<'a> {
    Pieces { bytes, lengths: lengths.iter().cycle() }
}

fn text() -> String {
    let line = "订单一,PAY1,42,支付成功,2026-03-31 23:40:00,2026-03-31 23:45:00,12.30,,\n";
    format!("\u{feff}{PAYMENTS}\n{}", line.repeat(5))
}

fn said<R: Read>(mapping: &Mapping, input: R) -> String {
    format!("{:?}", rows(&mapping.payments, input))
}

proptest! {
    #[test]
    fn pieces_change_nothing(lengths in prop::collection::vec(1usize..40, 1..20)) {
        let text = text();
        let mapping = example();
        prop_assert_eq!(said(&mapping, pieces(text.as_bytes(), &lengths)), said(&mapping, text.as_bytes()));
    }

    /// Quotation marks are followed over the ends of pieces.
    #[test]
    fn pieces_of_quoted_cells_change_nothing(
        cells in prop::collection::vec("[\" x,\n]{0,6}", 1..6),
        lengths in prop::collection::vec(1usize..40, 1..20),
    ) {
        let rows = cells.iter().map(|cell| text().lines().nth(1).unwrap().replace("PAY1", cell) + "\n");
        let text = format!("{PAYMENTS}\n{}", rows.collect::<String>());
        let mapping = example();
        prop_assert_eq!(said(&mapping, pieces(text.as_bytes(), &lengths)), said(&mapping, text.as_bytes()));
    }

    #[test]
    fn pieces_of_gbk_change_nothing(lengths in prop::collection::vec(1usize..40, 1..20)) {
        let mapping = Mapping::EXAMPLE.replace("encoding: auto", "encoding: gbk");
        let mapping = Mapping::from_yaml(&mapping).unwrap();
        let text = text();
        let (bytes, _, _) = GBK.encode(text.trim_start_matches('\u{feff}'));
        prop_assert_eq!(said(&mapping, pieces(&bytes, &lengths)), said(&mapping, &*bytes));
        prop_assert!(!said(&mapping, &*bytes).contains("Err"));
    }

    #[test]
    fn garbage_is_refused(
        start in 0usize..400,
        garbage in prop::collection::vec(any::<u8>(), 0..200),
        lengths in prop::collection::vec(1usize..40, 1..20),
    ) {
        let mut bytes = text().into_bytes();
        let start = start.min(bytes.len());
        bytes.splice(start..(start + garbage.len() / 2).min(bytes.len()), garbage);
        let mapping = example();
        prop_assert_eq!(said(&mapping, pieces(&bytes, &lengths)), said(&mapping, &*bytes));
        said(&Mapping::from_yaml(&Mapping::EXAMPLE.replace("encoding: auto", "encoding: gbk")).unwrap(), &*bytes);
    }

    #[test]
    fn cells_of_any_text_are_refused_or_read(cells in prop::collection::vec("[0-9,.E+`\\-=\" :/T年]{0,24}", 9)) {
        let text = format!("{PAYMENTS}\n{}\n", cells.join(","));
        said(&example(), text.as_bytes());
    }
}
