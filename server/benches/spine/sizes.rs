//! What a browser has to load: the WebAssembly of the release build, as it is and as it is sent. Every page needs the main file and
//! the files of one part; cargo-leptos writes down which.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::table::Table;

const RAW_KB: f64 = 900.0;
const SENT_KB: f64 = 300.0;
/// No page: fetched when a message is tried.
const ON_DEMAND: &str = "matching";

pub fn measure(table: &mut Table) {
    let Some(built) = built() else {
        table.note("WebAssembly", "", "not built: run scripts/build.sh first".to_owned());
        return;
    };
    for (part, (raw, sent)) in built {
        if part == ON_DEMAND {
            table.note(
                "WebAssembly, `matching` on demand",
                "",
                format!("{raw:.0} kB, {sent:.0} kB as brotli"),
            );
            continue;
        }
        table.at_most(&format!("WebAssembly, pages of `{part}`, raw"), "", raw, RAW_KB, "kB");
        table.at_most(
            &format!("WebAssembly, pages of `{part}`, brotli"),
            "",
            sent,
            SENT_KB,
            "kB",
        );
    }
}

/// Raw and compressed size in kB (1,000 bytes) of what the first page of each part loads.
fn built() -> Option<BTreeMap<String, (f64, f64)>> {
    let target = std::env::var_os("CONCIERGE_TARGET").map(PathBuf::from);
    let target = target.unwrap_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../target"));
    let pkg = target.join("release/site/pkg");
    let main = size(&file(&pkg, "concierge.", "wasm")?)?;
    let manifest = std::fs::read_to_string(file(&pkg, "__wasm_split_manifest", "json")?).ok()?;
    let parts: BTreeMap<String, Vec<String>> = serde_json::from_str(&manifest).ok()?;
    let with_page = parts.get("rules").cloned().unwrap_or_default();
    parts
        .into_iter()
        .map(|(part, files)| {
            let on_demand = part == ON_DEMAND;
            let files = files.iter().filter(|name| !on_demand || !with_page.contains(name));
            let start = if on_demand { (0.0, 0.0) } else { main };
            files
                .map(|name| size(&pkg.join(format!("{name}.wasm"))))
                .try_fold(start, |sum, next| Some((sum.0 + next?.0, sum.1 + next?.1)))
                .map(|sum| (part, sum))
        })
        .collect()
}

fn file(folder: &Path, start: &str, extension: &str) -> Option<PathBuf> {
    let entries = std::fs::read_dir(folder).ok()?.flatten().map(|entry| entry.path());
    entries
        .filter(|path| path.extension().is_some_and(|it| it == extension))
        .find(|path| {
            path.file_name()
                .is_some_and(|name| name.to_string_lossy().starts_with(start))
        })
}

fn size(path: &Path) -> Option<(f64, f64)> {
    let kilobytes = |path: &Path| Some(std::fs::metadata(path).ok()?.len() as f64 / 1000.0);
    let mut compressed = path.to_path_buf().into_os_string();
    compressed.push(".br");
    Some((kilobytes(path)?, kilobytes(Path::new(&compressed))?))
}
