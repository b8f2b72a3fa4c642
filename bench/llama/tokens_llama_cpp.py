"""Speed of a forward pass in llama.cpp, through its Python package: FILE THREADS ROUNDS POSITION…, the lines of kernel.mojo.

FILE is a checkpoint as llama2.c writes it, of floats; it is converted to a temporary GGUF file, of floats or, with a word `int8` at the end, of
blocks of 8-bit integers. Logits are not those of kernel.mojo, whose cache is empty before a position, so that the sum is no number.
"""
import os
import sys
import tempfile
import time

import gguf
import llama_cpp
import numpy as np

SIZES = ("dim", "hidden", "layers", "heads", "kv_heads", "vocabulary", "positions")


def convert(source, target, kind):
    sizes = dict(zip(SIZES, np.fromfile(source, dtype=np.int32, count=7).tolist()))
    floats = np.memmap(source, dtype=np.float32, mode="r", offset=28)
    dim, hidden, layers = sizes["dim"], sizes["hidden"], sizes["layers"]
    kv = dim // sizes["heads"] * sizes["kv_heads"]
    place = 0

    def take(*shape):
        nonlocal place
        count = int(np.prod(shape))
        place += count
        return floats[place - count : place].reshape(shape)

    writer = gguf.GGUFWriter(target, "llama")
    writer.add_context_length(sizes["positions"])
    writer.add_embedding_length(dim)
    writer.add_block_count(layers)
    writer.add_feed_forward_length(hidden)
    writer.add_head_count(sizes["heads"])
    writer.add_head_count_kv(sizes["kv_heads"])
    writer.add_layer_norm_rms_eps(1e-5)
    writer.add_rope_dimension_count(dim // sizes["heads"])
    writer.add_vocab_size(sizes["vocabulary"])
    writer.add_tokenizer_model("llama")
    writer.add_token_list([f"<{i}>".encode() for i in range(sizes["vocabulary"])])
    writer.add_token_scores([0.0] * sizes["vocabulary"])
    writer.add_token_types([gguf.TokenType.NORMAL] * sizes["vocabulary"])

    def add(name, values):
        if values.ndim == 2 and kind != gguf.GGMLQuantizationType.F32:
            writer.add_tensor(name, gguf.quants.quantize(np.array(values), kind), raw_dtype=kind)
        else:
            writer.add_tensor(name, np.array(values))

    add("token_embd.weight", take(sizes["vocabulary"], dim))
    for name, shape in (
        ("attn_norm", (dim,)),
        ("attn_q", (dim, dim)),
        ("attn_k", (kv, dim)),
        ("attn_v", (kv, dim)),
        ("attn_output", (dim, dim)),
        ("ffn_norm", (dim,)),
        ("ffn_gate", (hidden, dim)),
        ("ffn_down", (dim, hidden)),
        ("ffn_up", (hidden, dim)),
    ):
        for layer, values in enumerate(take(layers, *shape)):
            add(f"blk.{layer}.{name}.weight", values)
    add("output_norm.weight", take(dim))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return sizes


def main():
    words = [word for word in sys.argv[1:] if word != "int8"]
    kind = gguf.GGMLQuantizationType.Q8_0 if "int8" in sys.argv else gguf.GGMLQuantizationType.F32
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "model.gguf")
        sizes = convert(words[0], path, kind)
        threads = int(words[1])
        model = llama_cpp.Llama(path, n_ctx=sizes["positions"], n_threads=threads, n_threads_batch=threads, verbose=False)
        for position in map(int, words[3:]):
            model.reset()
            model.eval([1] * position)
            best = None
            for _ in range(int(words[2])):
                model.n_tokens = position
                start = time.perf_counter_ns()
                model.eval([position * 7919 % sizes["vocabulary"]])
                spent = time.perf_counter_ns() - start
                best = spent if best is None else min(best, spent)
            print(f"float32-{position}", "nan", best)


if __name__ == "__main__":
    main()
