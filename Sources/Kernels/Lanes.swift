#if FLOAT64
/// The precision this copy of the folder is compiled for.
typealias Scalar = Double
/// Integers as wide as a scalar.
typealias Bits = Int64
#else
/// The precision this copy of the folder is compiled for.
typealias Scalar = Float
/// Integers as wide as a scalar.
typealias Bits = Int32
#endif

/// Sixteen scalars. Sums run in sixteen lanes (element i in lane i mod 16) on every processor, whatever its registers' width.
typealias Lanes = SIMD16<Scalar>
typealias BitLanes = SIMD16<Bits>
typealias Mask = SIMDMask<BitLanes>

/// Sixteen elements from `p`.
@inline(__always)
func load(_ p: UnsafePointer<Scalar>) -> Lanes { UnsafeRawPointer(p).loadUnaligned(as: Lanes.self) }

@inline(__always)
func store(_ value: Lanes, _ p: UnsafeMutablePointer<Scalar>) { UnsafeMutableRawPointer(p).storeBytes(of: value, as: Lanes.self) }

/// The first `count` < 16 elements from `p`, the other lanes `padding`.
@inline(__always)
func load(_ p: UnsafePointer<Scalar>, _ count: Int, padding: Scalar = 0) -> Lanes {
    var lanes = Lanes(repeating: padding)
    withUnsafeMutablePointer(to: &lanes) { lanes in
        let to = UnsafeMutableRawPointer(lanes).assumingMemoryBound(to: Scalar.self)
        copy(to, p, count)
    }
    return lanes
}

/// Stores the first `count` < 16 lanes.
@inline(__always)
func store(_ value: Lanes, _ p: UnsafeMutablePointer<Scalar>, _ count: Int) {
    withUnsafePointer(to: value) { copy(p, UnsafeRawPointer($0).assumingMemoryBound(to: Scalar.self), count) }
}

/// Copies `count` < 16 elements, in pieces of 8, 4, 2, 1.
@inline(__always)
func copy(_ to: UnsafeMutablePointer<Scalar>, _ from: UnsafePointer<Scalar>, _ count: Int) {
    var at = 0
    if count & 8 != 0 {
        UnsafeMutableRawPointer(to).storeBytes(of: UnsafeRawPointer(from).loadUnaligned(as: SIMD8<Scalar>.self), as: SIMD8<Scalar>.self)
        at = 8
    }
    if count & 4 != 0 {
        UnsafeMutableRawPointer(to + at).storeBytes(of: UnsafeRawPointer(from + at).loadUnaligned(as: SIMD4<Scalar>.self), as: SIMD4<Scalar>.self)
        at = at &+ 4
    }
    if count & 2 != 0 {
        UnsafeMutableRawPointer(to + at).storeBytes(of: UnsafeRawPointer(from + at).loadUnaligned(as: SIMD2<Scalar>.self), as: SIMD2<Scalar>.self)
        at = at &+ 2
    }
    if count & 1 != 0 { to[at] = from[at] }
}

/// The one order of a sum of lanes: halves added to halves, 16 -> 8 -> 4 -> 2 -> 1.
@inline(__always)
func sum(_ lanes: Lanes) -> Scalar {
    let eight = lanes.lowHalf + lanes.highHalf
    let four = eight.lowHalf + eight.highHalf
    let two = four.lowHalf + four.highHalf
    return two[0] + two[1]
}

#if !FLOAT64
/// The one order of a sum of lanes, in Double.
@inline(__always)
func sum(_ lanes: SIMD16<Double>) -> Double {
    let eight = lanes.lowHalf + lanes.highHalf
    let four = eight.lowHalf + eight.highHalf
    let two = four.lowHalf + four.highHalf
    return two[0] + two[1]
}
#endif

/// The largest lane. Precondition: none is NaN.
@inline(__always)
func largest(_ lanes: Lanes) -> Scalar {
    let eight = larger(lanes.lowHalf, lanes.highHalf)
    let four = larger(eight.lowHalf, eight.highHalf)
    let two = larger(four.lowHalf, four.highHalf)
    return two[0] > two[1] ? two[0] : two[1]
}

@inline(__always)
private func larger<V: SIMD>(_ a: V, _ b: V) -> V where V.Scalar == Scalar { b.replacing(with: a, where: a .> b) }

/// `yes` where the mask is set, else `no`.
@inline(__always)
func select(_ mask: Mask, _ yes: Lanes, _ no: Lanes) -> Lanes { no.replacing(with: yes, where: mask) }

@inline(__always)
func magnitude(_ x: Lanes) -> Lanes { unsafeBitCast(unsafeBitCast(x, to: BitLanes.self) & BitLanes(repeating: Bits.max), to: Lanes.self) }

/// |value| with the sign of `sign`.
@inline(__always)
func copySign(_ value: Lanes, _ sign: Lanes) -> Lanes {
    let bits = unsafeBitCast(value, to: BitLanes.self) & BitLanes(repeating: Bits.max)
    return unsafeBitCast(bits | (unsafeBitCast(sign, to: BitLanes.self) & BitLanes(repeating: Bits.min)), to: Lanes.self)
}

@inline(__always)
func splat(_ value: Scalar) -> Lanes { Lanes(repeating: value) }

/// Horner's step: p = c + p * x, fused.
@inline(__always)
func horner(_ p: inout Lanes, _ x: Lanes, _ c: Scalar) { p = splat(c).addingProduct(p, x) }
