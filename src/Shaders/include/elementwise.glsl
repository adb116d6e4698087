// What expressions of element-wise operations are made of, for a float and for four neighbours (T is one of them).
float truth(bool holds) { return holds ? 1.0 : 0.0; }
vec4 truth(bvec4 holds) { return vec4(holds); }
bool isLess(float a, float b) { return a < b; }
bvec4 isLess(vec4 a, vec4 b) { return lessThan(a, b); }
bool isLessOrEqual(float a, float b) { return a <= b; }
bvec4 isLessOrEqual(vec4 a, vec4 b) { return lessThanEqual(a, b); }
bool isEqual(float a, float b) { return a == b; }
bvec4 isEqual(vec4 a, vec4 b) { return equal(a, b); }

// By its bits: compilers may take any number to be equal to itself.
bool isNotNumber(float x) { return (floatBitsToUint(x) & 0x7FFFFFFFu) > 0x7F800000u; }
bvec4 isNotNumber(vec4 x) { return greaterThan(floatBitsToUint(x) & 0x7FFFFFFFu, uvec4(0x7F800000u)); }

// max and min where NaN wins.
T largest(T a, T b) { return mix(mix(b, a, isLess(b, a)), a, isNotNumber(a)); }
T smallest(T a, T b) { return mix(mix(b, a, isLess(a, b)), a, isNotNumber(a)); }

// The error function: below 1 its series, beyond Abramowitz and Stegun's formula 7.1.26 (error at most 1.5e-7).
T erf(T x)
{
    T size = abs(x), square = x * x;
    T t = 1.0 / (1.0 + 0.3275911 * size);
    T far = sign(x) * (1.0 - t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429)))) * exp(-min(square, T(88.0))));
    T s = min(square, T(1.0));
    T near = x * 1.1283791671 * (1.0 + s * (-1.0 / 3.0 + s * (1.0 / 10.0 + s * (-1.0 / 42.0 + s * (1.0 / 216.0 + s * (-1.0 / 1320.0
        + s * (1.0 / 9360.0 + s * (-1.0 / 75600.0 + s * (1.0 / 685440.0 + s * (-1.0 / 6894720.0))))))))));
    return mix(far, near, isLess(size, T(1.0)));
}

// log(1 + exp(x)) without overflow.
T softplus(T x) { return max(x, T(0.0)) + log(1.0 + exp(-abs(x))); }

T bounded_tanh(T x) { return tanh(clamp(x, T(-10.0), T(10.0))); }

bool isOther(float a, float b) { return a != b; }
bvec4 isOther(vec4 a, vec4 b) { return notEqual(a, b); }

// a^b for any sign of a: GLSL's pow is undefined below zero, where only whole exponents have a value.
float power(float a, float b)
{
    if (b == 0.0 || a == 1.0)
        return 1.0;
    if (a == 0.0)
        return b > 0.0 ? 0.0 : uintBitsToFloat(0x7F800000u);
    float size = pow(abs(a), b);
    if (b == 2.0)
        size = a * a;
    if (a > 0.0)
        return size;
    if (b != floor(b) && abs(b) < 1e30)
        return uintBitsToFloat(0x7FC00000u);
    return mod(abs(b), 2.0) == 1.0 ? -size : size;
}
vec4 power(vec4 a, vec4 b) { return vec4(power(a.x, b.x), power(a.y, b.y), power(a.z, b.z), power(a.w, b.w)); }

// What is left of a float32 in float16 and bfloat16.
float half_of(float x) { return unpackHalf2x16(packHalf2x16(vec2(x, 0.0))).x; }
vec4 half_of(vec4 x) { return vec4(unpackHalf2x16(packHalf2x16(x.xy)), unpackHalf2x16(packHalf2x16(x.zw))); }
float bfloat_of(float x)
{
    uint bits = floatBitsToUint(x);
    return isNotNumber(x) ? x : uintBitsToFloat((bits + 0x7FFFu + (bits >> 16 & 1u)) & 0xFFFF0000u);
}
vec4 bfloat_of(vec4 x) { return vec4(bfloat_of(x.x), bfloat_of(x.y), bfloat_of(x.z), bfloat_of(x.w)); }
