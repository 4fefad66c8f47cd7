"""Why: a model small enough to be made in a second, for conformance tests of the AI client. It has random weights and a vocabulary of bytes,
so that any server of GGUF files can load it, and whatever it writes means nothing.
Use: make-random-model.py PATH"""

import sys

import gguf
import numpy

WIDTH, LAYERS, HEADS, FEED_FORWARD, CONTEXT = 64, 2, 4, 128, 32768
TEMPLATE = (
    "{% for message in messages %}<s>{{ message.role }}\n{{ message.content }}</s>\n{% endfor %}"
    "{% if add_generation_prompt %}<s>assistant\n{% endif %}"
)

random = numpy.random.default_rng(7)
tokens = ["<unk>", "<s>", "</s>"] + [f"<0x{byte:02X}>" for byte in range(256)]
kinds = [gguf.TokenType.UNKNOWN, gguf.TokenType.CONTROL, gguf.TokenType.CONTROL] + [gguf.TokenType.BYTE] * 256


def matrix(*shape):
    return random.normal(0.0, 0.3, shape).astype(numpy.float32)


def ones():
    return numpy.ones(WIDTH, dtype=numpy.float32)


writer = gguf.GGUFWriter(sys.argv[1], "llama")
writer.add_name("random bytes")
writer.add_context_length(CONTEXT)
writer.add_embedding_length(WIDTH)
writer.add_block_count(LAYERS)
writer.add_feed_forward_length(FEED_FORWARD)
writer.add_head_count(HEADS)
writer.add_head_count_kv(HEADS)
writer.add_layer_norm_rms_eps(1e-5)
writer.add_rope_dimension_count(WIDTH // HEADS)
writer.add_vocab_size(len(tokens))
writer.add_tokenizer_model("llama")
writer.add_token_list(tokens)
writer.add_token_scores([0.0] * len(tokens))
writer.add_token_types(kinds)
writer.add_bos_token_id(1)
writer.add_eos_token_id(2)
writer.add_unk_token_id(0)
writer.add_chat_template(TEMPLATE)
writer.add_tensor("token_embd.weight", matrix(len(tokens), WIDTH))
writer.add_tensor("output_norm.weight", ones())
writer.add_tensor("output.weight", matrix(len(tokens), WIDTH))
for layer in range(LAYERS):
    name = f"blk.{layer}"
    writer.add_tensor(f"{name}.attn_norm.weight", ones())
    writer.add_tensor(f"{name}.ffn_norm.weight", ones())
    for part in ("attn_q", "attn_k", "attn_v", "attn_output"):
        writer.add_tensor(f"{name}.{part}.weight", matrix(WIDTH, WIDTH))
    writer.add_tensor(f"{name}.ffn_gate.weight", matrix(FEED_FORWARD, WIDTH))
    writer.add_tensor(f"{name}.ffn_up.weight", matrix(FEED_FORWARD, WIDTH))
    writer.add_tensor(f"{name}.ffn_down.weight", matrix(WIDTH, FEED_FORWARD))
writer.write_header_to_file()
writer.write_kv_data_to_file()
writer.write_tensors_to_file()
writer.close()
