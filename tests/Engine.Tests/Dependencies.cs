using System.Reflection;
using System.Reflection.Emit;

namespace LiveCam.Engine.Tests;

/// <summary>Which types a type needs: by its signatures and by every instruction of its methods.</summary>
internal static class Dependencies
{
    private const BindingFlags Own = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly Dictionary<short, OpCode> OpCodeTable = typeof(OpCodes).GetFields()
        .Select(field => (OpCode)field.GetValue(null)!).ToDictionary(code => code.Value);

    /// <summary>Types of the same assembly that a type needs, itself included; generated helpers are left out.</summary>
    public static HashSet<Type> Of(Type type)
    {
        var found = new HashSet<Type>();
        Note(type.BaseType, found);
        foreach (Type item in type.GetInterfaces())
            Note(item, found);
        foreach (FieldInfo field in type.GetFields(Own))
            Note(field.FieldType, found);
        foreach (MethodBase method in type.GetMethods(Own).Cast<MethodBase>().Concat(type.GetConstructors(Own)))
        {
            foreach (ParameterInfo parameter in method.GetParameters())
                Note(parameter.ParameterType, found);
            Note((method as MethodInfo)?.ReturnType, found);
            if (method.GetMethodBody() is not { } body)
                continue;
            foreach (LocalVariableInfo local in body.LocalVariables)
                Note(local.LocalType, found);
            foreach (MemberInfo member in Members(method, body.GetILAsByteArray()!))
                switch (member)
                {
                    case Type named: Note(named, found); break;
                    case FieldInfo field: Note(field.DeclaringType, found); Note(field.FieldType, found); break;
                    case MethodBase called:
                        Note(called.DeclaringType, found);
                        if (called.IsGenericMethod)
                            foreach (Type argument in called.GetGenericArguments())
                                Note(argument, found);
                        break;
                }
        }
        return [.. found.Where(other => other.Assembly == type.Assembly && other.Namespace?.StartsWith("LiveCam.", StringComparison.Ordinal) == true)];
    }

    private static IEnumerable<MemberInfo> Members(MethodBase method, byte[] code)
    {
        Type[] ofType = method.DeclaringType!.IsGenericType ? method.DeclaringType.GetGenericArguments() : [];
        Type[] ofMethod = method.IsGenericMethod ? method.GetGenericArguments() : [];
        for (int at = 0; at < code.Length;)
        {
            short value = code[at++];
            if (value == 0xFE)
                value = unchecked((short)(0xFE00 | code[at++]));
            OpCode op = OpCodeTable[value];
            if (op.OperandType is OperandType.InlineField or OperandType.InlineMethod or OperandType.InlineType or OperandType.InlineTok)
                yield return method.Module.ResolveMember(BitConverter.ToInt32(code, at), ofType, ofMethod)!;
            at += op.OperandType switch
            {
                OperandType.InlineNone => 0,
                OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
                OperandType.InlineVar => 2,
                OperandType.InlineI8 or OperandType.InlineR => 8,
                OperandType.InlineSwitch => 4 + 4 * BitConverter.ToInt32(code, at),
                _ => 4,
            };
        }
    }

    private static void Note(Type? type, HashSet<Type> found)
    {
        if (type is null || type.IsGenericParameter)
            return;
        if (type.HasElementType)
        {
            Note(type.GetElementType(), found);
            return;
        }
        if (type.IsFunctionPointer)
            return;
        foreach (Type argument in type.GetGenericArguments())
            Note(argument, found);
        found.Add(type.IsGenericType ? type.GetGenericTypeDefinition() : type);
    }
}
