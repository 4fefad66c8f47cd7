//! What PostgreSQL's planner says of a statement whose values it does not know, which is the plan that a prepared statement gets in
//! the long run.

use serde_json::Value;
use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection, PgPool, Row};

use super::plan::Read;

/// As transactions plan it, and as pages do.
pub async fn reads(pool: &PgPool, text: &str, types: &[String]) -> Vec<Read> {
    let mut connection = pool.acquire().await.unwrap();
    let mut reads = planned(&mut connection, text, types).await;
    for setting in ["enable_seqscan", "enable_hashjoin", "enable_mergejoin"] {
        run(&mut connection, format!("SET {setting} = on")).await;
    }
    reads.extend(planned(&mut connection, text, types).await);
    // Its settings must not reach the next caller.
    connection.detach().close().await.unwrap();
    reads
}

async fn planned(connection: &mut PgConnection, text: &str, types: &[String]) -> Vec<Read> {
    let (declared, nulls) = match types {
        [] => (String::new(), String::new()),
        types => (
            format!("({})", types.join(", ")),
            format!("({})", vec!["NULL"; types.len()].join(", ")),
        ),
    };
    run(connection, "SET plan_cache_mode = force_generic_plan".to_owned()).await;
    run(connection, format!("PREPARE planned {declared} AS {text}")).await;
    let explain = AssertSqlSafe(format!("EXPLAIN (FORMAT JSON) EXECUTE planned {nulls}"));
    let row = connection.fetch_one(explain).await;
    let row = row.unwrap_or_else(|error| panic!("{text}: {error}"));
    run(connection, "DEALLOCATE planned".to_owned()).await;
    let mut reads = Vec::new();
    collect(&row.get::<Value, _>(0)[0]["Plan"], &mut reads);
    reads
}

async fn run(connection: &mut PgConnection, text: String) {
    let done = connection.execute(AssertSqlSafe(text.clone())).await;
    done.unwrap_or_else(|error| panic!("{text}: {error}"));
}

fn collect(node: &Value, reads: &mut Vec<Read>) {
    let text = |key: &str| node[key].as_str().map(str::to_owned);
    match node["Node Type"].as_str().unwrap_or_default() {
        "Seq Scan" | "Index Scan" | "Index Only Scan" => reads.push(Read {
            table: text("Relation Name").unwrap_or_default(),
            index: text("Index Name"),
            condition: text("Index Cond"),
            filter: text("Filter"),
        }),
        "Bitmap Heap Scan" => {
            let mut indices = Vec::new();
            bitmaps(node, &mut indices);
            reads.extend(indices.into_iter().map(|(index, condition)| Read {
                table: text("Relation Name").unwrap_or_default(),
                index,
                condition,
                filter: text("Filter"),
            }));
        }
        _ => {}
    }
    let before = reads.len();
    for child in node["Plans"].as_array().into_iter().flatten() {
        collect(child, reads);
    }
    // What a join compares is asked of every row that its sides were read without a condition for.
    let compared = ["Hash Cond", "Merge Cond", "Join Filter"].into_iter().find_map(text);
    for read in reads[before..].iter_mut().filter(|read| read.condition.is_none()) {
        read.filter = compared.clone().or_else(|| read.filter.take());
    }
}

/// The indices of a bitmap, with what each is asked for.
fn bitmaps(node: &Value, found: &mut Vec<(Option<String>, Option<String>)>) {
    for child in node["Plans"].as_array().into_iter().flatten() {
        let text = |key: &str| child[key].as_str().map(str::to_owned);
        if child["Node Type"] == "Bitmap Index Scan" {
            found.push((text("Index Name"), text("Index Cond")));
        }
        bitmaps(child, found);
    }
}
