//! A workbook of 512 MiB in half a megabyte: refused before it is unpacked. A process of its own,
//! because the memory that is measured is that of the process.

mod made;

use made::{Case, parts};
use std::io::Write;
use zip::write::SimpleFileOptions;

#[test]
fn b01_a_zip_bomb_is_refused_by_its_declared_size_in_little_memory() {
    let case = Case::new();
    let path = case.path("bomb.xlsx");
    let mut archive = zip::ZipWriter::new(std::fs::File::create(&path).unwrap());
    for (name, text) in parts("", "") {
        archive.start_file(name, SimpleFileOptions::default()).unwrap();
        match text.split_once("<sheetData>") {
            Some((head, tail)) => {
                archive.write_all(head.as_bytes()).unwrap();
                archive.write_all(b"<sheetData>").unwrap();
                let block = vec![b' '; 1 << 20];
                for _ in 0..512 {
                    archive.write_all(&block).unwrap();
                }
                archive.write_all(tail.as_bytes()).unwrap();
            }
            None => archive.write_all(text.as_bytes()).unwrap(),
        }
    }
    archive.finish().unwrap();
    assert!(std::fs::metadata(&path).unwrap().len() < 1 << 20);
    let message = case.open(&path).unwrap_err();
    let declared = (512 << 20) + parts("", "").iter().map(|p| p.1.len()).sum::<usize>();
    assert_eq!(
        message,
        format!(
            "bomb.xlsx: the workbook declares {declared} bytes unpacked; save the sheet as delimited text if that is right; the limit is 268435456 (max_workbook)"
        )
    );
    if let Ok(status) = std::fs::read_to_string("/proc/self/status") {
        let peak = status.lines().find_map(|l| l.strip_prefix("VmHWM:")).unwrap();
        let kilobytes: u64 = peak.trim().trim_end_matches(" kB").parse().unwrap();
        assert!(kilobytes < 100 << 10, "{kilobytes} kB");
    }
}
