using System.Reflection.Metadata;

namespace NanoFramework.IlCheck.Surface;

/// <summary>A method's parameter names, and the values of those that may be left out.</summary>
internal static class ParameterNames
{
    public static string Of(MetadataReader metadata, MethodDefinition method) => string.Join(", ", method.GetParameters()
        .Select(metadata.GetParameter)
        .Where(parameter => parameter.SequenceNumber > 0)
        .OrderBy(parameter => parameter.SequenceNumber)
        .Select(parameter => metadata.GetString(parameter.Name) + Default(metadata, parameter)));

    private static string Default(MetadataReader metadata, Parameter parameter) =>
        parameter.GetDefaultValue().IsNil ? "" : $"={FieldDeclaration.Constant(metadata, parameter.GetDefaultValue())}";
}
