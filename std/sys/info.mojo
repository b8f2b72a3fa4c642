"""The target: sizes, vector registers, processors."""
from std.algorithm.parallelize import _thread_limit
from std.builtin.simd import __size_of
from std.memory.memory import __align_of


@__intrinsic("target.simd_bytes")
def __simd_bytes() -> Int:
    ...


@__intrinsic("target.is_wasm")
def __is_wasm() -> Bool:
    ...


@__intrinsic("target.os")
def __is_os[name: __string_literal_value]() -> Bool:
    ...


@__intrinsic("target.has_feature")
def __has_feature[name: __string_literal_value]() -> Bool:
    ...


@always_inline
def size_of[T: AnyType]() -> Int:
    """Bytes that a value of `T` takes."""
    return __size_of[T]()


@always_inline
def size_of[dtype: DType]() -> Int:
    """Bytes that a scalar of `dtype` takes."""
    return __size_of[Scalar[dtype]]()


@always_inline
def align_of[T: AnyType]() -> Int:
    """The alignment of `T` in bytes."""
    return __align_of[T]()


@always_inline
def align_of[dtype: DType]() -> Int:
    """The alignment of a scalar of `dtype` in bytes."""
    return __align_of[Scalar[dtype]]()


@always_inline
def bit_width_of[T: AnyType]() -> Int:
    """Bits that a value of `T` takes."""
    return 8 * __size_of[T]()


@always_inline
def bit_width_of[dtype: DType]() -> Int:
    """Bits that a scalar of `dtype` takes."""
    return 8 * __size_of[Scalar[dtype]]()


@always_inline
def simd_byte_width() -> Int:
    """Bytes of a vector register."""
    return __simd_bytes()


@always_inline
def simd_bit_width() -> Int:
    """Bits of a vector register."""
    return 8 * __simd_bytes()


@always_inline
def simd_width_of[dtype: DType]() -> Int:
    """Lanes of `dtype` in a vector register."""
    return max(1, __simd_bytes() // __size_of[Scalar[dtype]]())


@always_inline
def simd_width_of[T: TrivialRegisterPassable]() -> Int:
    """Values of `T` in a vector register."""
    return max(1, __simd_bytes() // __size_of[T]())


def num_logical_cores() -> Int:
    """Processors that the operating system offers."""
    return _thread_limit()


def num_physical_cores() -> Int:
    """Processors that the operating system offers; two threads of one core count as two."""
    return _thread_limit()


def num_performance_cores() -> Int:
    """Processors that the operating system offers."""
    return _thread_limit()


@always_inline
def has_accelerator() -> Bool:
    """Whether there is a GPU that programs may use: there never is."""
    return False


@always_inline
def has_nvidia_gpu_accelerator() -> Bool:
    """Whether there is such a GPU: there never is."""
    return False


@always_inline
def has_amd_gpu_accelerator() -> Bool:
    """Whether there is such a GPU: there never is."""
    return False


@always_inline
def has_apple_gpu_accelerator() -> Bool:
    """Whether there is such a GPU: there never is."""
    return False


@always_inline
def is_gpu() -> Bool:
    """Whether this code runs on a GPU: it never does."""
    return False


@always_inline
def is_nvidia_gpu() -> Bool:
    """Whether this code runs on such a GPU: it never does."""
    return False


@always_inline
def is_amd_gpu() -> Bool:
    """Whether this code runs on such a GPU: it never does."""
    return False


@always_inline
def is_apple_gpu() -> Bool:
    """Whether this code runs on such a GPU: it never does."""
    return False


@always_inline
def is_little_endian() -> Bool:
    """Whether the lowest byte of a number comes first: it does on every target."""
    return True


@always_inline
def is_big_endian() -> Bool:
    """Whether the highest byte of a number comes first: it never does."""
    return False


@always_inline
def is_64bit() -> Bool:
    """Whether pointers take 64 bits: in memory they do on every target."""
    return True


@always_inline
def is_32bit() -> Bool:
    """Whether pointers take 32 bits: in memory they never do."""
    return False


struct CompilationTarget:
    """Questions about what the program is compiled for."""

    @staticmethod
    @always_inline
    def is_linux() -> Bool:
        """Whether the program is made for Linux."""
        return __is_os["linux"]()

    @staticmethod
    @always_inline
    def is_macos() -> Bool:
        """Whether the program is made for macOS."""
        return __is_os["darwin"]() or __is_os["macos"]()

    @staticmethod
    @always_inline
    def is_windows() -> Bool:
        """Whether the program is made for Windows."""
        return __is_os["windows"]()

    @staticmethod
    @always_inline
    def is_x86() -> Bool:
        """Whether the target has x86 processors."""
        return __has_feature["sse2"]()

    @staticmethod
    @always_inline
    def is_arm() -> Bool:
        """Whether the target has ARM processors."""
        return __has_feature["neon"]()

    @staticmethod
    @always_inline
    def is_apple_silicon() -> Bool:
        """Whether the target has processors of Apple."""
        return __has_feature["neon"]() and Self.is_macos()

    @staticmethod
    @always_inline
    def is_wasm() -> Bool:
        """Whether the target is WebAssembly."""
        return __is_wasm()

    @staticmethod
    @always_inline
    def has_avx2() -> Bool:
        """Whether the processor has AVX2."""
        return __has_feature["avx2"]()

    @staticmethod
    @always_inline
    def has_avx512f() -> Bool:
        """Whether the processor has AVX-512."""
        return __has_feature["avx512f"]()

    @staticmethod
    @always_inline
    def has_vnni() -> Bool:
        """Whether the target sums products of four bytes each in one step, in registers of 64 bytes (AVX512-VNNI)."""
        return __has_feature["avx512vnni"]()

    @staticmethod
    @always_inline
    def has_fma() -> Bool:
        """Whether the processor has fused multiplication and addition."""
        return __has_feature["fma"]()

    @staticmethod
    @always_inline
    def has_sse4() -> Bool:
        """Whether the processor has SSE4."""
        return __has_feature["sse4.2"]()

    @staticmethod
    @always_inline
    def has_neon() -> Bool:
        """Whether the processor has NEON."""
        return __has_feature["neon"]()

    @staticmethod
    @always_inline
    def has_avx() -> Bool:
        """Whether the processor has AVX."""
        return __has_feature["avx"]()

    @staticmethod
    @always_inline
    def has_intel_amx() -> Bool:
        """Whether the processor has AMX."""
        return __has_feature["amx-tile"]()

    @staticmethod
    @always_inline
    def has_neon_int8_dotprod() -> Bool:
        """Whether the processor sums products of four bytes each in one step."""
        return __has_feature["dotprod"]()

    @staticmethod
    @always_inline
    def has_neon_int8_matmul() -> Bool:
        """Whether the processor multiplies matrices of bytes."""
        return __has_feature["i8mm"]()

    @staticmethod
    @always_inline
    def is_apple_m1() -> Bool:
        """Whether the target is an Apple M1: no target of this compiler is one by name."""
        return False

    @staticmethod
    @always_inline
    def is_apple_m2() -> Bool:
        """Whether the target is an Apple M2: no target of this compiler is one by name."""
        return False

    @staticmethod
    @always_inline
    def is_apple_m3() -> Bool:
        """Whether the target is an Apple M3: no target of this compiler is one by name."""
        return False

    @staticmethod
    @always_inline
    def is_apple_m4() -> Bool:
        """Whether the target is an Apple M4: no target of this compiler is one by name."""
        return False

    @staticmethod
    @always_inline
    def is_apple_m5() -> Bool:
        """Whether the target is an Apple M5: no target of this compiler is one by name."""
        return False

    @staticmethod
    @always_inline
    def is_neoverse_n1() -> Bool:
        """Whether the target is an Neoverse N1: no target of this compiler is one by name."""
        return False
