//! What a browser has to load: the WebAssembly of the release build, as it is and as it is sent.

use std::path::{Path, PathBuf};

use crate::table::Table;

const RAW_KB: f64 = 900.0;
const SENT_KB: f64 = 300.0;

pub fn measure(table: &mut Table) {
    match built() {
        Some((raw, sent)) => {
            table.at_most("WebAssembly, raw", "", raw, RAW_KB, "kB");
            table.at_most("WebAssembly, brotli", "", sent, SENT_KB, "kB");
        }
        None => table.note("WebAssembly", "", "not built: run scripts/build.sh first".to_owned()),
    }
}

/// Raw and compressed size in kB (1,000 bytes).
fn built() -> Option<(f64, f64)> {
    let target = std::env::var_os("CONCIERGE_TARGET").map(PathBuf::from);
    let target = target.unwrap_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../target"));
    let entries = std::fs::read_dir(target.join("release/site/pkg")).ok()?;
    let wasm = entries
        .flatten()
        .map(|entry| entry.path())
        .find(|path| path.extension().is_some_and(|it| it == "wasm"))?;
    let kilobytes = |path: &Path| Some(std::fs::metadata(path).ok()?.len() as f64 / 1000.0);
    let mut compressed = wasm.clone().into_os_string();
    compressed.push(".br");
    Some((kilobytes(&wasm)?, kilobytes(Path::new(&compressed))?))
}
