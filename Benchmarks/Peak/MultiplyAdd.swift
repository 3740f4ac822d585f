#if WIDE
private typealias Register = SIMD16<Float>
private let width = 16
#else
private typealias Register = SIMD8<Float>
private let width = 8
#endif

/// Floating-point operations of one call: twelve independent chains of `steps` fused multiply-adds on a register each, counted as two operations.
public func multiplyAddOperations(_ steps: Int) -> Int { 2 &* 12 &* width &* steps }

/// Nothing but fused multiply-adds in registers: what the processor can do at most. Returns a number so that nothing is optimised away.
public func multiplyAdds(_ steps: Int, _ factor: Float, _ summand: Float) -> Float {
    let x = Register(repeating: factor)
    let y = Register(repeating: summand)
    var c0 = y, c1 = y, c2 = y, c3 = y, c4 = y, c5 = y, c6 = y, c7 = y, c8 = y, c9 = y, c10 = y, c11 = y
    for _ in 0..<steps {
        c0 = y.addingProduct(c0, x)
        c1 = y.addingProduct(c1, x)
        c2 = y.addingProduct(c2, x)
        c3 = y.addingProduct(c3, x)
        c4 = y.addingProduct(c4, x)
        c5 = y.addingProduct(c5, x)
        c6 = y.addingProduct(c6, x)
        c7 = y.addingProduct(c7, x)
        c8 = y.addingProduct(c8, x)
        c9 = y.addingProduct(c9, x)
        c10 = y.addingProduct(c10, x)
        c11 = y.addingProduct(c11, x)
    }
    return ((c0 + c1) + (c2 + c3) + (c4 + c5) + (c6 + c7) + (c8 + c9) + (c10 + c11))[0]
}
