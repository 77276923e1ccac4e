//! A download is whole or an error, whatever parts the server sends.

use apiscribe::client::download::{Download, DownloadError, DownloadFault};

use super::download::{client, download, range};
use super::server::{Answer, Server};

const FILE: &str = "AAAAABBBBBCCCCCDDDDD";

/// A response whose head is given but for its end, and whose connection ends with it.
fn raw(head: &str, body: &str) -> Answer {
    Answer::Close(format!("HTTP/1.1 {head}\r\nconnection: close\r\n\r\n{body}").into_bytes())
}

/// The file in chunks, which breaks off after so many bytes.
fn cut(head: &str, file: &str, after: usize) -> Answer {
    let body = format!("{after:x}\r\n{}\r\n", &file[..after]);
    raw(&format!("200 OK\r\ntransfer-encoding: chunked{head}"), &body)
}

/// The whole file.
fn whole(head: &str, file: &str) -> Answer {
    raw(&format!("200 OK\r\ncontent-length: {}{head}", file.len()), file)
}

/// The part from `start` on, with `length` bytes of the file.
fn part(head: &str, file: &str, start: usize, length: usize) -> Answer {
    let end = (start + length).min(file.len());
    let range = format!("content-range: bytes {start}-{}/{}", end - 1, file.len());
    raw(&format!("206 X\r\n{range}\r\ncontent-length: {}{head}", end - start), &file[start..end])
}

const TAG: &str = "\r\netag: \"v1\"";
const OLD: &str = "\r\nlast-modified: Mon, 01 Jun 2026 00:00:00 GMT";

async fn run(server: &Server) -> (Result<Download, DownloadError>, String) {
    let (result, file, _) = download(server, 1000).await;
    (result, String::from_utf8(file).unwrap())
}

/// A server whose first response breaks off after five bytes, and which answers a range like this.
fn resumed_by(head: &'static str, answer: impl Fn() -> Answer + Send + Sync + 'static) -> Server {
    Server::by(move |_, request| match range(request) {
        None => cut(head, FILE, 5),
        Some(_) => answer(),
    })
}

#[tokio::test]
async fn an_error_says_that_the_server_gave_nothing_to_resume_by() {
    const SAID: &str = "; it cannot be resumed, as the server sends no strong `ETag`";
    for (head, cannot_resume) in
        [("", true), ("\r\netag: W/\"v1\"", true), (TAG, false), (OLD, false)]
    {
        let server = Server::by(move |_, _| cut(head, FILE, 5));
        let error = run(&server).await.0.unwrap_err();
        assert_eq!(error.cannot_resume, cannot_resume, "{head}: {error}");
        assert_eq!(error.to_string().contains(SAID), cannot_resume, "{head}: {error}");
    }
    // The writer is at fault, whatever the server lacks.
    let server = Server::by(|_, _| raw("200 OK\r\ncontent-length: 2000", &"x".repeat(2000)));
    let error = run(&server).await.0.unwrap_err();
    assert!(!error.to_string().contains(SAID), "{error}");
}

#[tokio::test]
async fn a_file_of_which_nothing_is_left_is_whole() {
    let server = Server::by(|_, request| match request.contains("range: bytes=10-") {
        true => raw("416 X\r\ncontent-range: bytes */10\r\ncontent-length: 0", ""),
        false => cut(TAG, FILE, 10),
    });
    let (result, file) = run(&server).await;
    assert_eq!((result.unwrap().length, file.as_str()), (10, &FILE[..10]));
}

#[tokio::test]
async fn a_file_that_ends_elsewhere_is_not_whole() {
    for range in ["bytes */11", "bytes */9", "items */10", "bytes */+10", "bytes 0-9/10", ""] {
        let server = Server::by(move |_, request| match request.contains("range: bytes=10-") {
            true => raw(&format!("416 X\r\ncontent-range: {range}\r\ncontent-length: 0"), ""),
            false => cut(TAG, FILE, 10),
        });
        run(&server).await.0.expect_err(range);
    }
    // Of another version nothing is left, which says nothing of this one.
    let server = resumed_by(TAG, || {
        raw("416 X\r\ncontent-range: bytes */5\r\netag: \"v2\"\r\ncontent-length: 0", "")
    });
    run(&server).await.0.unwrap_err();
}

#[tokio::test]
async fn a_part_that_nobody_asked_for_is_not_taken_for_the_whole() {
    let always = Server::by(|_, _| part(TAG, FILE, 0, 5));
    let (result, file) = run(&always).await;
    assert_eq!((result.unwrap_err().written, file.as_str()), (5, &FILE[..5]));
    // Nor is it added to another one, of which nobody knows whether it is of the same file.
    let unknown = Server::by(|_, request| part("", FILE, range(request).unwrap_or(0), 5));
    assert_eq!(run(&unknown).await.0.unwrap_err().written, 5);
}

#[tokio::test]
async fn parts_are_asked_for_until_the_total() {
    let server = Server::by(|_, request| part(TAG, FILE, range(request).unwrap_or(0), 5));
    let (result, file) = run(&server).await;
    assert_eq!((result.unwrap().resumed, file.as_str()), (3, FILE));
    let broken_first = resumed_by_parts();
    assert_eq!(run(&broken_first).await.1, FILE);
}

fn resumed_by_parts() -> Server {
    Server::by(|_, request| match range(request) {
        None => cut(TAG, FILE, 5),
        Some(start) => part(TAG, FILE, start, 5),
    })
}

#[tokio::test]
async fn parts_of_a_file_whose_length_nobody_knows_are_asked_for_until_nothing_is_left() {
    let server = Server::by(|_, request| match range(request).unwrap_or(0) {
        20 => raw("416 X\r\ncontent-range: bytes */20\r\ncontent-length: 0", ""),
        start => {
            let head = format!("content-range: bytes {start}-{}/*\r\ncontent-length: 5", start + 4);
            raw(&format!("206 X\r\n{head}{TAG}"), &FILE[start..start + 5])
        }
    });
    let (result, file) = run(&server).await;
    assert_eq!((result.unwrap().length, file.as_str()), (20, FILE));
}

#[tokio::test]
async fn a_part_that_is_not_the_one_asked_for_is_not_written() {
    let ranges = [
        // Before, behind, backwards, beyond the end, and no part at all.
        "content-range: bytes 4-18/20",
        "content-range: bytes 0-14/20",
        "content-range: bytes 6-20/21",
        "content-range: bytes 5-4/20",
        "content-range: bytes 5-19/10",
        "content-range: bytes 5-19/19",
        "content-range: bytes */20",
        // Shorter and longer than the body.
        "content-range: bytes 5-18/20",
        "content-range: bytes 5-20/21",
        // Numbers that a machine cannot count, or a reader should not.
        "content-range: bytes 18446744073709551615-..",
        "content-range: bytes 18446744073709551615-18446744073709551615/*",
        "content-range: bytes 5-18446744073709551615/18446744073709551615",
        "content-range: bytes 5-99999999999999999999/*",
        "content-range: bytes +5-19/20",
        "content-range: bytes 5-19/+20",
        "content-range: bytes -5-19/20",
        "content-range: bytes 0x5-19/20",
        // Other forms.
        "content-range: items 5-19/20",
        "content-range: bytes=5-19/20",
        "content-range: bytes 5-19",
        "content-range: 5-19/20",
        "content-range: bytes 5-19/20\r\ncontent-range: bytes 5-19/20",
        "content-range:",
        "content-type: multipart/byteranges; boundary=x",
        "x: y",
    ];
    for head in ranges {
        let server = resumed_by(TAG, move || {
            raw(&format!("206 X\r\n{head}\r\ncontent-length: 15{TAG}"), &FILE[5..])
        });
        let (result, file) = run(&server).await;
        let error = result.expect_err(head);
        assert_eq!((error.written, file.as_str()), (5, &FILE[..5]), "{head}: {error}");
    }
}

#[tokio::test]
async fn a_part_may_name_its_unit_in_any_case() {
    let head = "206 X\r\ncontent-range: Bytes 5-19/20\r\ncontent-length: 15";
    let server = resumed_by(TAG, move || raw(&format!("{head}{TAG}"), &FILE[5..]));
    assert_eq!(run(&server).await.1, FILE);
}

#[tokio::test]
async fn a_part_that_is_longer_or_shorter_than_it_says_is_not_whole() {
    for chunk in ["BBBBBCCCCCDDDDDE", "BBBBBCCCCCDDDD"] {
        let server = resumed_by(TAG, move || {
            let body = format!("{:x}\r\n{chunk}\r\n0\r\n\r\n", chunk.len());
            let head = format!("content-range: bytes 5-19/20\r\ntransfer-encoding: chunked{TAG}");
            raw(&format!("206 X\r\n{head}"), &body)
        });
        run(&server).await.0.expect_err(chunk);
    }
}

#[tokio::test]
async fn a_file_of_another_length_or_tag_is_another_file() {
    let longer = format!("{FILE}EEEEE");
    let (tagged, file) = (part("\r\netag: \"v2\"", FILE, 5, 15), longer.clone());
    let server = resumed_by(TAG, move || tagged.clone());
    assert!(matches!(run(&server).await.0.unwrap_err().fault, DownloadFault::Changed));
    // The first response declared 20 bytes.
    let server = Server::by(move |_, request| match range(request) {
        None => raw(&format!("200 OK\r\ncontent-length: 20{TAG}"), &FILE[..5]),
        Some(start) => part(TAG, &file, start, 20),
    });
    assert!(matches!(run(&server).await.0.unwrap_err().fault, DownloadFault::Changed));
    assert!(server.requests()[1].contains("if-range: \"v1\"\r\n"));
}

#[tokio::test]
async fn without_a_tag_the_rest_is_asked_for_by_the_date_of_a_file_that_is_old_enough() {
    let server = resumed_by(OLD, || part(OLD, FILE, 5, 15));
    assert_eq!(run(&server).await.1, FILE);
    let if_range = "if-range: Mon, 01 Jun 2026 00:00:00 GMT\r\n";
    assert!(server.requests()[1].contains(if_range), "{}", server.requests()[1]);
    // The server did not keep to it.
    let newer = "\r\nlast-modified: Mon, 01 Jun 2026 00:00:01 GMT";
    let server = resumed_by(OLD, move || part(newer, FILE, 5, 15));
    let (result, file) = run(&server).await;
    assert!(matches!(result.unwrap_err().fault, DownloadFault::Changed));
    assert_eq!(file, FILE[..5]);
}

#[tokio::test]
async fn what_proves_nothing_is_not_asked_by() {
    let young = format!("{OLD}\r\ndate: Mon, 01 Jun 2026 00:00:59 GMT");
    let weak = format!("{OLD}\r\netag: W/\"v1\"");
    let heads = ["", &young, &weak, "\r\netag: v1", "\r\nlast-modified: yesterday"];
    for head in heads.map(str::to_owned) {
        let shown = head.clone();
        let server = Server::by(move |count, request| match (count, range(request)) {
            (_, Some(start)) => part(&head, &FILE.to_lowercase(), start, 20),
            (0, None) => cut(&head, FILE, 5),
            _ => whole(&head, FILE),
        });
        let (result, file) = run(&server).await;
        assert_eq!((result.unwrap().resumed, file.as_str()), (1, FILE), "{shown}");
    }
}

#[tokio::test]
async fn a_download_that_starts_over_writes_only_what_is_new_of_the_same_file() {
    // The first five bytes are the same in all of these.
    for (second, is_whole) in [
        (FILE.to_owned(), true),
        (format!("{}EEE", &FILE[..5]), true),
        (FILE[..5].to_owned(), true),
        (FILE[..4].to_owned(), false),
        (format!("A{FILE}"), true),
        (format!("B{FILE}"), false),
        (FILE.replace('A', "a"), false),
        (String::new(), false),
    ] {
        for head in ["", TAG, "\r\netag: \"v2\""] {
            let again = whole(head, &second);
            let server = Server::series(&[cut(TAG, FILE, 5), again]);
            let (result, file) = run(&server).await;
            match result {
                Ok(done) => assert!(is_whole && file == second && done.resumed == 1, "{second}"),
                Err(error) => {
                    assert!(!is_whole && file == FILE[..5], "{second}: {error}");
                    assert!(matches!(error.fault, DownloadFault::Changed), "{second}: {error}");
                }
            }
        }
    }
}

#[tokio::test]
async fn what_breaks_off_before_it_is_known_to_be_the_same_is_not_gone_on_with() {
    // The second response, of another file, breaks off within the bytes that are known.
    let server = Server::by(|count, request| match (count, range(request)) {
        (0, _) => cut("", FILE, 10),
        (1, _) => cut("\r\netag: \"v2\"", &FILE.to_lowercase(), 5),
        (_, Some(start)) => part("\r\netag: \"v2\"", &FILE.to_lowercase(), start, 20),
        (_, None) => whole("\r\netag: \"v2\"", &FILE.to_lowercase()),
    });
    let (result, file) = run(&server).await;
    assert!(matches!(result.unwrap_err().fault, DownloadFault::Changed));
    assert_eq!(file, FILE[..10]);
}

#[tokio::test]
async fn a_body_that_ends_with_its_connection_is_not_known_to_be_whole() {
    for encoding in ["", "\r\ntransfer-encoding: identity"] {
        let server = Server::by(move |_, _| raw(&format!("200 OK{encoding}"), FILE));
        let (result, _) = run(&server).await;
        result.expect_err(encoding);
    }
    let server = Server::by(|_, _| raw("200 OK", FILE));
    let error = run(&server).await.0.unwrap_err();
    let shown = error.to_string();
    assert!(
        shown.starts_with(
            "the server does not say where the file ends (after 20 bytes); it cannot be resumed"
        ),
        "{shown}"
    );
    let server = Server::by(|_, request| match range(request) {
        None => raw(&format!("200 OK{TAG}"), FILE),
        Some(_) => raw("416 X\r\ncontent-range: bytes */20\r\ncontent-length: 0", ""),
    });
    assert_eq!(run(&server).await.1, FILE);
}

#[tokio::test]
async fn an_empty_file_is_whole() {
    let server = Server::by(|_, _| whole("", ""));
    assert_eq!(run(&server).await.0.unwrap().length, 0);
}

#[tokio::test]
async fn a_writer_that_takes_nothing_is_an_error() {
    let server = Server::by(|_, _| whole("", FILE));
    let mut full = [0_u8; 7];
    let mut writer = std::io::Cursor::new(&mut full[..]);
    let url = server.url.clone();
    let error = client().download(async || Ok(url.clone()), &mut writer, 100).await.unwrap_err();
    assert!(matches!(error.fault, DownloadFault::Write(_)), "{error}");
    assert_eq!(error.written, 7);
}
