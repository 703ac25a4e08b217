//! Pictures to look at, written on demand:
//! `cargo test -p inclusion-report --test world_charts -- --ignored`.

use crate::samples;
use inclusion_report::charts::{SvgOptions, Theme, png, svg};
use std::path::PathBuf;

#[test]
#[ignore = "writes pictures to target/world-charts"]
fn write_pictures() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../target/world-charts");
    std::fs::create_dir_all(&folder).expect("the folder");
    for (name, chart) in samples::all() {
        for (theme, of) in [(Theme::Light, ""), (Theme::Dark, "-dark")] {
            let options = SvgOptions { theme, ..SvgOptions::default() };
            let drawn = svg(&chart, &options).expect("drawn");
            let file = folder.join(format!("{name}{of}"));
            std::fs::write(file.with_extension("svg"), &drawn).expect("written");
            std::fs::write(file.with_extension("png"), png(&drawn, 1.5).expect("a picture"))
                .expect("written");
        }
    }
}
