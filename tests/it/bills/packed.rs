//! Files that are packed or in UTF-16, and files that are no text at all.

use std::io::Write;

use douyin_reconciliation::Mapping;
use flate2::Compression;
use flate2::write::{DeflateEncoder, GzEncoder};
use rawzip::{CompressionMethod, ZipArchiveWriter};

use super::files::*;

fn text() -> String {
    let line = "order-1,PAY1,42,支付成功,2026-03-31 23:40:00,2026-03-31 23:45:00,12.30,,\n";
    format!("{PAYMENTS}\n{}", line.repeat(3))
}

fn read_as(mapping: &Mapping, bytes: &[u8]) -> String {
    match rows(&mapping.payments, bytes) {
        Err(error) => error.to_string(),
        Ok(rows) => {
            let bad = rows.iter().find_map(|row| row.as_ref().err().map(ToString::to_string));
            bad.unwrap_or_else(|| format!("{} rows", rows.len()))
        }
    }
}

fn read(bytes: &[u8]) -> String {
    read_as(&example(), bytes)
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn zip(files: &[(&str, &[u8])], method: CompressionMethod) -> Vec<u8> {
    let mut output = Vec::new();
    let mut archive = ZipArchiveWriter::new(&mut output);
    for (name, bytes) in files {
        let (mut entry, config) =
            archive.new_file(*name).compression_method(method).start().unwrap();
        let descriptor = if method == CompressionMethod::DEFLATE {
            let mut writer = config.wrap(DeflateEncoder::new(&mut entry, Compression::fast()));
            writer.write_all(bytes).unwrap();
            let (encoder, descriptor) = writer.finish().unwrap();
            encoder.finish().unwrap();
            descriptor
        } else {
            let mut writer = config.wrap(&mut entry);
            writer.write_all(bytes).unwrap();
            writer.finish().unwrap().1
        };
        entry.finish(descriptor).unwrap();
    }
    archive.finish().unwrap();
    output
}

fn deflated(files: &[(&str, &[u8])]) -> Vec<u8> {
    zip(files, CompressionMethod::DEFLATE)
}

#[test]
fn gzip_is_read_as_it_is() {
    assert_eq!(read(&gzip(text().as_bytes())), "3 rows");
    let half = text().len() - 75;
    let two = [gzip(&text().as_bytes()[..half]), gzip(&text().as_bytes()[half..])].concat();
    assert_eq!(read(&two), "3 rows");
}

#[test]
fn a_zip_archive_of_one_file_is_read_as_it_is() {
    let text = text();
    assert_eq!(read(&deflated(&[("bill.csv", text.as_bytes())])), "3 rows");
    assert_eq!(read(&zip(&[("bill.csv", text.as_bytes())], CompressionMethod::STORE)), "3 rows");
    let mac = deflated(&[("bill.csv", text.as_bytes()), ("__MACOSX/._bill.csv", b"x")]);
    assert_eq!(read(&mac), "3 rows");
}

#[test]
fn of_a_zip_archive_of_several_files_the_mapping_says_which() {
    let text = text();
    let archive =
        deflated(&[("2026_明细(汇总).csv", b"a,b\n"), ("2026_明细.csv", text.as_bytes())]);
    insta::assert_snapshot!(read(&archive), @"bill.csv: the zip archive has 2 files: `2026_明细(汇总).csv`, `2026_明细.csv`; say by `entry` how the name of the right one ends");
    let mapping =
        Mapping::EXAMPLE.replacen("  columns:", "  layout: { entry: 明细.csv }\n  columns:", 1);
    assert_eq!(read_as(&Mapping::from_yaml(&mapping).unwrap(), &archive), "3 rows");
    insta::assert_snapshot!(read(&deflated(&[])), @"bill.csv: the zip archive has 0 files; say by `entry` how the name of the right one ends");
}

#[test]
fn names_in_a_zip_archive_may_be_in_gbk() {
    let mut archive =
        deflated(&[("\u{7f}\u{7f}\u{7f}\u{7f}.csv", text().as_bytes()), ("sum.csv", b"a,b\n")]);
    for at in 0..archive.len() - 4 {
        if archive[at..].starts_with(&[0x7F; 4]) {
            archive[at..at + 4].copy_from_slice(&encoding_rs::GBK.encode("明细").0);
        }
    }
    let mapping =
        Mapping::EXAMPLE.replacen("  columns:", "  layout: { entry: 明细.csv }\n  columns:", 1);
    assert_eq!(read_as(&Mapping::from_yaml(&mapping).unwrap(), &archive), "3 rows");
}

#[test]
fn a_packed_file_that_is_damaged_or_cut_off_is_refused() {
    let long = text().repeat(2_000);
    for (packed, kind) in
        [(gzip(long.as_bytes()), "gzip"), (deflated(&[("a", long.as_bytes())]), "zip")]
    {
        for end in [20, packed.len() / 2, packed.len() - 1] {
            let said = read(&packed[..end]);
            assert!(said.contains("the packed file is damaged or cut off"), "{kind} {end}: {said}");
        }
        let mut flipped = packed.clone();
        flipped[packed.len() / 2] ^= 0x10;
        assert!(read(&flipped).contains("bill.csv"), "{kind}");
    }
}

#[test]
fn a_stored_file_with_another_checksum_is_refused() {
    let text = text();
    let mut archive = zip(&[("bill.csv", text.as_bytes())], CompressionMethod::STORE);
    let at = archive.windows(5).position(|part| part == b"12.30").unwrap();
    archive[at] = b'9';
    insta::assert_snapshot!(read(&archive), @"bill.csv: the packed file is damaged or cut off: its size or checksum is wrong");
}

#[test]
fn what_expands_without_end_is_refused() {
    let blank = [" ".repeat(900_000).as_bytes(), b"\n"].concat();
    insta::assert_snapshot!(read(&gzip(&blank.repeat(10))), @"bill.csv: the file expands to more than 250 times its size");
}

#[test]
fn utf_16_is_read_with_a_byte_order_mark_or_if_the_mapping_says_so() {
    let units: Vec<u16> = text().encode_utf16().collect();
    let little: Vec<u8> = units.iter().flat_map(|unit| unit.to_le_bytes()).collect();
    let big: Vec<u8> = units.iter().flat_map(|unit| unit.to_be_bytes()).collect();
    assert_eq!(read(&[b"\xFF\xFE", &*little].concat()), "3 rows");
    assert_eq!(read(&[b"\xFE\xFF", &*big].concat()), "3 rows");
    insta::assert_snapshot!([read(&little), read(&big)].join("\n"), @r"
    bill.csv: the file is UTF-16 without byte order mark; say `encoding: utf-16le`
    bill.csv: the file is UTF-16 without byte order mark; say `encoding: utf-16be`
    ");
    for (name, bytes) in [("utf-16le", &little), ("utf-16be", &big)] {
        let mapping = Mapping::EXAMPLE.replace("encoding: auto", &format!("encoding: {name}"));
        assert_eq!(read_as(&Mapping::from_yaml(&mapping).unwrap(), bytes), "3 rows");
    }
    let cut = [b"\xFF\xFE", &little[..little.len() - 1]].concat();
    assert!(read(&cut).ends_with("is no UTF-16"), "{}", read(&cut));
}

#[test]
fn files_that_are_no_text_are_named() {
    let workbook = deflated(&[("[Content_Types].xml", b"<x/>"), ("xl/workbook.xml", b"<x/>")]);
    let said = [
        read(&workbook),
        read(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"),
        read(b"%PDF-1.7"),
        read(b"<!DOCTYPE html><html>"),
        read(b"{\"err_no\":28001003,\"err_msg\":\"access token invalid\"}"),
        read(b"7z\xBC\xAF\x27\x1C\0\x04"),
    ];
    insta::assert_snapshot!(said.join("\n"), @r"
    bill.csv: the file is an Excel workbook (xlsx); export it as CSV
    bill.csv: the file is an Excel workbook (xls); export it as CSV
    bill.csv: the file is a PDF; export it as CSV
    bill.csv: the file is HTML or XML, perhaps an error page
    bill.csv: the file is JSON, perhaps an error response
    bill.csv: the file is a 7z archive; unpack it first
    ");
}

fn tar(bytes: &[u8]) -> Vec<u8> {
    let mut tar = b"bill.csv".to_vec();
    tar.resize(257, 0);
    tar.extend(b"ustar\x0000");
    tar.resize(512, 0);
    tar.extend(bytes);
    tar
}

#[test]
fn what_is_packed_in_a_packed_file_is_named() {
    let text = text();
    let workbook = deflated(&[("[Content_Types].xml", b"<x/>"), ("xl/workbook.xml", b"<x/>")]);
    let said = [
        gzip(&gzip(text.as_bytes())),
        gzip(&workbook),
        deflated(&[("bill.csv.gz", &gzip(text.as_bytes()))]),
        deflated(&[("bill.xlsx", &workbook)]),
        deflated(&[("bill.xls", b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")]),
        deflated(&[("bill.pdf", b"%PDF-1.7")]),
        gzip(b"<!DOCTYPE html><html>"),
        gzip(b"{\"err_no\":28001003}"),
        gzip(&tar(text.as_bytes())),
    ];
    insta::assert_snapshot!(said.map(|bytes| read(&bytes)).join("\n"), @r"
    bill.csv: the file is packed twice; unpack it first
    bill.csv: the file is an archive or an Excel workbook that was packed again; unpack it, and export a workbook as CSV
    bill.csv: the file is packed twice; unpack it first
    bill.csv: the file is an archive or an Excel workbook that was packed again; unpack it, and export a workbook as CSV
    bill.csv: the file is an Excel workbook (xls); export it as CSV
    bill.csv: the file is a PDF; export it as CSV
    bill.csv: the file is HTML or XML, perhaps an error page
    bill.csv: the file is JSON, perhaps an error response
    bill.csv: the file is a tar archive; unpack it first
    ");
}

#[test]
fn other_files_of_office_programs_and_archives_are_named() {
    let said = [
        deflated(&[
            ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"),
            ("content.xml", b""),
        ]),
        deflated(&[("Index/Document.iwa", b""), ("preview.jpg", b"")]),
        tar(b""),
        b"[ {\n \"err_no\": 1 } ]".to_vec(),
        b"{\n  \"err_no\": 1\n}".to_vec(),
    ];
    insta::assert_snapshot!(said.map(|bytes| read(&bytes)).join("\n"), @r"
    bill.csv: the file is an OpenDocument spreadsheet (ods); export it as CSV
    bill.csv: the file is a Numbers document; export it as CSV
    bill.csv: the file is a tar archive; unpack it first
    bill.csv: the file is JSON, perhaps an error response
    bill.csv: the file is JSON, perhaps an error response
    ");
    let title = format!("[微信支付]\n{{2026}}\n{}", text());
    assert_eq!(read(title.as_bytes()), "3 rows");
}
